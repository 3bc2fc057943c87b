"""Question papers assembled from the bank by a blueprint, and their booklets in shuffled series."""
