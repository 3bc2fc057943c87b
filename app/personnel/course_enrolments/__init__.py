"""Who asks to take part in a course, who agrees, who waits, and what came of it."""
