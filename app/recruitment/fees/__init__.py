"""Fees for applying: what a posting asks, who need not pay, and what an office recorded."""
