"""Appointments: the act that puts a person into a position."""
