"""When and where a course is held, and for how many."""
