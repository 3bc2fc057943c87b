"""A published list put right: key, ranks, letters and flags in one transaction, and what follows of it."""
