"""The bank of items: what may be asked, in versions, written and reviewed by two people."""
