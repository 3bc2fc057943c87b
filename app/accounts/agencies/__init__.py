"""The agencies that hire."""
