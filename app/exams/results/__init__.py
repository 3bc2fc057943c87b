"""Results: what each candidate is told of score and rank, on a page and by letter."""
