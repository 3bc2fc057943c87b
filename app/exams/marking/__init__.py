"""Rating under blind codes, and how several ratings become one mark."""
