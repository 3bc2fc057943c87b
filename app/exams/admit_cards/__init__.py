"""Where and when a candidate has to be, and the card that lets them in."""
