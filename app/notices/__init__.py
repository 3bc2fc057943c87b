"""Letters: promised with the act, rendered to PDF/UA by a worker, stored by digest, mailed, verifiable."""
