"""The delivery of a notice of proposed action, from which its days are counted."""
