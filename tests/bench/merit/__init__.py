"""The merit core against named peers: scoring, ranking, normalisation."""
