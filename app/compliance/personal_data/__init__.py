"""What is held about a person: declared table by table, and handed over when they ask."""
