"""Following an application: what happens next, who has to do it, by when, and what happened so far."""
