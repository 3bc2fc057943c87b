"""Competencies: what a class of positions asks, how it is told apart by levels, and who has it."""
