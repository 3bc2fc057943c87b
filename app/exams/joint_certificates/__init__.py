"""Certificates from several lists: one request, served by list after list in the law's order."""
