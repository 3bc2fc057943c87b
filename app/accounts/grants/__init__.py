"""Roles given to people in agencies: proposed, decided by a second administrator, ended."""
