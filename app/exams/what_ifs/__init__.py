"""What a change of the key would move, worked out apart from every list and kept under a seal of its own."""
