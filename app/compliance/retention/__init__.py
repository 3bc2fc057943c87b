"""What is kept for a time only: the schedule, what falls due by it, and its end."""
