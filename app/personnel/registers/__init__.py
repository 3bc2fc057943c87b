"""Registers: posts and people with their histories, entered together from what an office kept before."""
