"""Asking for leave, deciding on it, and who is away."""
