"""Views of a staff page that somebody keeps under a name: filters and order, for themselves alone."""
