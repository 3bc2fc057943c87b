"""The establishment: which posts are authorised, filled and vacant on a day, and who reports to whom."""
