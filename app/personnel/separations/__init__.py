"""Leaving service: asked for or decided, cleared step by step, and in effect on the last day."""
