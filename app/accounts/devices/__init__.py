"""Browsers in which a person signed in before; a new one is told to them by mail."""
