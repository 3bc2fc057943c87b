"""One-time codes from an authenticator app, asked for after the password."""
