"""Passkeys (Web Authentication): a phone, a key or a computer's own lock signs its owner in."""
