"""What is decided about a contested item: by two people, told to all who objected, kept as a key version."""
