"""Reserve lists: who is kept behind a certificate, and who of them is called when a place falls free."""
