"""How far the raters of a panel agree."""
