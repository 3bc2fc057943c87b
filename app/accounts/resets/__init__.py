"""Links by which a person who forgot the password chooses a new one."""
