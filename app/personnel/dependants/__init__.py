"""The family members whom a plan may cover: proved, and covered no longer than the rule says."""
