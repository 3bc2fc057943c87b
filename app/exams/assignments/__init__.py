"""Who rates what: a balanced draw, recusals, and who takes the place of whom."""
