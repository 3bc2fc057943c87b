"""Deadlines: what is in time, the grace of a form that was open, and the mails that come before."""
