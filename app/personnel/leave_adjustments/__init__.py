"""Corrections of a ledger of leave, by two people and with a reason."""
