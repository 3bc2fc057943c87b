"""Drafts: an application before it is submitted, walked through step by step and saved as it goes."""
