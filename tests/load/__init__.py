"""Deadline night, played on this machine: many applicants, a server that is killed, and nothing lost."""
