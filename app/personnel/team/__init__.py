"""Those who report to a person, on one page."""
