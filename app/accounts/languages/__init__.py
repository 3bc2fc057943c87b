"""The language a person has chosen for pages and letters."""
