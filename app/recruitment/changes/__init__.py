"""Changing what was received, until the closing: in a working copy that counts once it is submitted."""
