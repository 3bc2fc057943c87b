"""Which kinds of mail a person wants; letters with rights always come."""
