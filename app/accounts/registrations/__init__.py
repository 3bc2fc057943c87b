"""Making an account: asked for by anyone, made only once the mail address has answered."""
