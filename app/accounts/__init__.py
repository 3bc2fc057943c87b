"""People who sign in, their roles in agencies, their sessions and second factor."""
