"""Spot checks: answer sheets drawn by a public seed and read again from the originals before publication."""
