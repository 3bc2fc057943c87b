"""The employee's side of a case: who represents them, more time, and what they answer."""
