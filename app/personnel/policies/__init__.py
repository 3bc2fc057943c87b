"""Regulations and policies: versions with a day of effect, read and acknowledged by those they bind."""
