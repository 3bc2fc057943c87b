"""Requisitions: an agency asks to fill vacant positions; a second person approves."""
