"""Selections: what the appointing authority decides on each certified name, if the rule allows it."""
