"""What leave is earned by which law, posted by the clock once for each pay period."""
