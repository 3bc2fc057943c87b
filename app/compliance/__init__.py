"""What auditors read: the ledger and the reports."""
