"""What candidates need in order to be examined on equal terms, and what was granted."""
