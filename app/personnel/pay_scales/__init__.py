"""Pay by grade and step, in versions with the day from which each holds."""
