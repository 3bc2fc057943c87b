"""Papers that a person keeps for all applications: uploaded once, used again."""
