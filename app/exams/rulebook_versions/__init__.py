"""Rulebooks that an agency brings itself, each version approved by a second person."""
