"""A passkey device for tests: makes a key for a site and answers its questions, rightly or as told."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor

ORIGIN = "http://localhost:8000"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One device with one key; `count` goes up by itself, or not at all when `counts` is false."""

    counts: bool = True
    count: int = 0
    user: bytes = b""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def create(self, question: dict[str, Any], **told: Any) -> str:
        """Make the key that a question asks for; give the answer as our script writes it."""
        self.user = base64url_to_bytes(question["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        key = encode_cbor(
            {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        )
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + key
        site = told.get("site", question["rp"]["id"])
        data = self._data(site, told.get("flags", PRESENT | VERIFIED) | ATTESTED) + attested
        statement = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", question, told)
        return self._written({"clientDataJSON": client, "attestationObject": statement})

    def answer(self, question: dict[str, Any], **told: Any) -> str:
        """Answer a question; `told` may name another origin, site, type, user, flags or signer."""
        data = self._data(told.get("site", question["rpId"]), told.get("flags", PRESENT | VERIFIED))
        client = self._client("webauthn.get", question, told)
        signer = told.get("signer", self.key)
        signature = signer.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._written(parts | {"userHandle": told.get("user", self.user)})

    def _data(self, site: str, flags: int) -> bytes:
        self.count += self.counts
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, question: dict[str, Any], told: dict[str, Any]) -> bytes:
        client = {
            "type": told.get("type", kind),
            "challenge": question["challenge"],
            "origin": told.get("origin", ORIGIN),
        }
        return json.dumps(client).encode()

    def _written(self, parts: dict[str, bytes]) -> str:
        named = bytes_to_base64url(self.id)
        response = {name: bytes_to_base64url(part) for name, part in parts.items()}
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": response})
