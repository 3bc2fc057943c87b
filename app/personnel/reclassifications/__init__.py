"""Reclassifications: another class, grade or pay of a position, proposed by one and approved by another."""
