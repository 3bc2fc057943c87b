"""Appointments without a certificate, and appointments never taken up: one proposes, another decides."""
