"""The key shown to candidates beside their own answers, and what they object to in it."""
