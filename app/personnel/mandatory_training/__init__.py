"""Training that the law or the agency asks of a class of positions, and who is due."""
