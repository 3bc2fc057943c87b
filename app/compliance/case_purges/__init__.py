"""The end of disciplinary cases whose time is over: proposed by one person, approved by another."""
