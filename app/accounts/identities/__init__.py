"""Signing in with an account at another service, by OpenID Connect."""
