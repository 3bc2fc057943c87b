"""Item analysis: how each item of an examination behaved, kept from sealed answers."""
