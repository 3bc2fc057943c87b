"""A person's own photograph for admit cards."""
