"""Eligible lists: drafted, approved by another person, published, explained."""
