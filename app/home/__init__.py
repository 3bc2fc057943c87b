"""The two pages everything starts from: the public start page and an officer's work queue."""
