"""Questions of eligibility: what the law asks of everybody who applies, answered before anything else."""
