"""Publications: letters held back for a set time after a list is published, until then it can be undone."""
