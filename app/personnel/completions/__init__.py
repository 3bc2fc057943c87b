"""Courses that somebody has completed, each with its certificate."""
