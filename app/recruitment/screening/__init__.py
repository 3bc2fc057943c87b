"""Screening: each criterion decided with a reason, one outcome an application."""
