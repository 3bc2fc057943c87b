"""What happens in a life and lets a person choose benefits outside the open season."""
