"""Changing one's mail address, confirmed at both the old and the new one."""
