"""The audit trail: read, filtered, verified."""
