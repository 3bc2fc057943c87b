"""Whether everyone is accounted for: registered, present, absent, excused, and the sheets."""
