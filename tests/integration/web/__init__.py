"""Pages as a whole: their weight."""
