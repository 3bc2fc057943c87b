"""Files of disciplinary cases: the evidence, and what comes with a reply."""
