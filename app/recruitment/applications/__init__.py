"""Applications: steps saved as they go, submitted once, receipted."""
