"""One profile a person: entered once, taken over by each application."""
