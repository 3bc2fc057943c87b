"""Corrections of marks that were given, with a reason and a second person."""
