"""Requests for names: an agency asks for a certificate, an HR officer answers."""
