"""One detector a file: pure functions from an examination's columns to what looks wrong in them.

Each says on what its limit rests and how often it speaks where nothing is wrong; tests hold both, on files
that were broken on purpose and on clean ones.
"""
