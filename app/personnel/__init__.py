"""Positions and the people who serve in them."""
