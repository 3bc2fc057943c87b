"""A year's work agreed, looked at and rated: cycles, and the plan of each employee in one."""
