"""Shifts of an examination, and its sessions: one shift in one room."""
