"""What is rated, under a blind code: a written script, an interview, or what an application says."""
