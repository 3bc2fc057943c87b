"""Certificates of eligibles, selections and appointments from them."""
