"""How well a plan was met, by element; the summary level follows by the rule, and nobody types it."""
