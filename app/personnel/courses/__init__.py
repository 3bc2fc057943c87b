"""The catalogue of training."""
