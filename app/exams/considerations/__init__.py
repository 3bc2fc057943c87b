"""Priority considerations: what is owed to people who lost consideration by an error of the office."""
