"""Service records: what held of a person on any day, and what was known of it on any day."""
