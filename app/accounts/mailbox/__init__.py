"""The mail that a demonstration would have sent, open to whoever tries it."""
