"""When age and service let somebody retire: the date of birth that is held for it, and who is due when."""
