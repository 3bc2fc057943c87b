"""From stored sheets, keys and claims to the merit core and back to rows that can be stored."""
