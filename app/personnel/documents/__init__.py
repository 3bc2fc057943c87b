"""Papers on a personnel file, some of them behind a permission of their own."""
