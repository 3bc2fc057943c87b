"""Selection audits: every decision on a certificate replayed, before anyone enters on duty."""
