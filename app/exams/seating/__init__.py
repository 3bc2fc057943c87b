"""Who sits where: candidates' wishes, the published rule and its seed, the seats."""
