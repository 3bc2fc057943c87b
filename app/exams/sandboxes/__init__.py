"""Sandboxes: a list tried under other weights, minimums and vacancies, sealed apart from the real one."""
