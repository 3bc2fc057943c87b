"""Offers of a position to certified people, who accept or decline them themselves."""
