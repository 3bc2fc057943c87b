"""Response files: imported by key, never by position, all or nothing."""
