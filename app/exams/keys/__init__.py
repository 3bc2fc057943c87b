"""Key versions: proposed by one person, approved by another."""
