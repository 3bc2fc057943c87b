"""Awards: named by one, decided by another, within the limits of the rule."""
