"""Files that wait for the virus scanner, and what it said of them."""
