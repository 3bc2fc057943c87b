"""Appeals against not being eligible and against a result."""
