"""Telework, compressed schedules and part time: asked for, decided by criteria, agreed in writing."""
