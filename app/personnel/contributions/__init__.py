"""What benefits cost each pay period, posted once, and corrected by entries that are added."""
