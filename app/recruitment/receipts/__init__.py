"""Receipts: what an office signs for having received, checked by anyone, made again when lost."""
