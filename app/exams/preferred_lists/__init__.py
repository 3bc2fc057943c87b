"""Preferred lists: people separated by a reduction in force, who come before every other list."""
