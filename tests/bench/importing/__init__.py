"""Import of answers: a file with validation, hashes and storage, beside the ORM row by row."""
