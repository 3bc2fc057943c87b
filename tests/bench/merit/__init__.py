"""Speed of the merit core against named peers, in one run, results compared before anything is timed."""
