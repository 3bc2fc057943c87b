"""List files: lists and certifications in the columns that New York publishes, out and in."""
