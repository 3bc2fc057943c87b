"""Notes of officers on candidates of a list: who wrote what, when, and who may read it."""
