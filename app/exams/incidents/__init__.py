"""What went wrong in a session, whom it touched, and how it is made good."""
