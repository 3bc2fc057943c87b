"""Panels of raters: what is rated, by what scale, by whom, and to whom a rater is related."""
