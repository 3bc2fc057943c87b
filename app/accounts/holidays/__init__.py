"""The days on which an agency does not work."""
