"""Disciplinary cases, with due process on the clock."""
