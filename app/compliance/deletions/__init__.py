"""Requests to delete what is held about a person, decided by two people under the retention rules."""
