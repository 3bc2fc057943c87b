"""What a person claims, once, with its papers; each application takes up what its vacancy honours."""
