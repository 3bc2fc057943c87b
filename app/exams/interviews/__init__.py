"""When and where candidates are interviewed."""
