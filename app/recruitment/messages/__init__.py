"""Messages between an applicant and the office, one thread an application."""
