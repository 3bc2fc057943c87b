"""Browsers that are signed in, and the throttle on wrong passwords and codes."""
