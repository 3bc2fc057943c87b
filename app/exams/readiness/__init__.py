"""Readiness: what an examination still needs before its list can be drafted."""
