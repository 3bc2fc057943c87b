"""The plan of one employee: its elements, its acknowledgement, the talks about it."""
