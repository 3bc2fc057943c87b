"""Files that people send, judged by what stands inside them."""
