"""The opportunity to show acceptable performance, with its clock, its help and its outcome."""
