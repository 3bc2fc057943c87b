"""Rehearsals: a file of answers and a key tried out before, or apart from, an examination."""
