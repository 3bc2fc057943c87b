"""Another service to sign in through: real keys, real signatures, and lies where a test asks."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry
from werkzeug.serving import make_server

CLIENT, SECRET = "meritum-here", "a client secret of these tests"


class SignInService:
    """A provider whose next ID token says what `claims` say; `forge` may sign it in another way."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})
        self.issuer = self.says_issuer = ""
        self.claims: dict[str, Any] = {}
        self.forge: Callable[[dict[str, Any]], str] | None = None
        self.asked: dict[str, str] = {}
        self.now = 0

    def let_in(self, address: str) -> str:
        """Do what a person does at the service: give the query with which they come back."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return f"code=good&state={self.asked['state']}"

    def token(self) -> str:
        """Sign the ID token."""
        claims = {
            "iss": self.issuer,
            "sub": "person-1",
            "aud": CLIENT,
            "iat": self.now,
            "exp": self.now + 300,
            "nonce": self.asked.get("nonce"),
            "email": "ann@city.example",
            "email_verified": True,
            "name": "Ann Ames",
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.forge is not None:
            return self.forge(claims)
        return str(jwt.encode({"alg": "RS256", "kid": "first"}, claims, self.key))

    def application(self) -> Flask:
        """Give the service's three pages: its metadata, its keys, and where codes become tokens."""
        app = Flask("another service")

        @app.get("/.well-known/openid-configuration")
        def metadata() -> Any:
            return jsonify(
                issuer=self.says_issuer or self.issuer,
                authorization_endpoint=f"{self.issuer}/authorize",
                token_endpoint=f"{self.issuer}/token",
                jwks_uri=f"{self.issuer}/keys",
            )

        @app.get("/keys")
        def keys() -> Any:
            return jsonify(keys=[self.key.as_dict(private=False)])

        @app.post("/token")
        def token() -> Any:
            wanted = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            verifier = hashlib.sha256(request.form["code_verifier"].encode()).digest()
            challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
            is_good = (
                request.headers.get("Authorization") == f"Basic {wanted}"
                and request.form["code"] == "good"
                and challenge == self.asked["code_challenge"]
                and request.form["redirect_uri"] == self.asked["redirect_uri"]
            )
            if not is_good:
                return jsonify(error="invalid_grant"), 400
            return jsonify(access_token="x", token_type="Bearer", id_token=self.token())

        return app


def signed_with(key: Any, algorithm: str) -> Callable[[dict[str, Any]], str]:
    """Sign tokens with another key or in another way than the service's."""
    registry = JWSRegistry(algorithms=[algorithm])
    return lambda claims: str(jwt.encode({"alg": algorithm, "kid": "first"}, claims, key, registry=registry))


@contextmanager
def serving(service: SignInService) -> Iterator[SignInService]:
    """Answer on a port of this machine until the block ends."""
    server = make_server("127.0.0.1", 0, service.application())
    service.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
