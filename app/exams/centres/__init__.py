"""Centres in which examinations are held, and their rooms."""
