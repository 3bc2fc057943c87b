"""A list tried under another weight, beside the naive way: an object a row, and a sort in Python."""
