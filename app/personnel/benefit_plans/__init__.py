"""The benefits that an agency offers and what they cost, by rules that are data."""
