"""Talking to another service: where to send a person, and who came back, by a signed ID token.

OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3.7, with PKCE (RFC 7636); read 2026-11-22.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import asdict, dataclass
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from app.platform.errors import Invalid
from app.platform.sentences import say
from app.platform.sign_in_services import SignInService

# Asymmetric ones alone: with a shared secret, or with none, a token could be made by others than the service.
ALGORITHMS = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "Ed25519",
    "EdDSA",
]
LEEWAY = 120  # seconds by which clocks may differ
TIMEOUT = 10
UNREACHABLE = say("The other service does not answer. Try again later, or sign in another way.")
NOT_PROVED = say("The other service did not prove who you are. Try again, or sign in another way.")


@dataclass(frozen=True, slots=True)
class Journey:
    """What a browser keeps, signed, while its person is at the other service."""

    service: str
    state: str
    nonce: str
    verifier: str
    account_id: str
    next_path: str

    def kept(self) -> dict[str, str]:
        """Give it as it stands in the cookie."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came back; `is_strong` when the service says that they showed two factors, as declared."""

    issuer: str
    subject: str
    email: str
    is_email_verified: bool
    name: str
    is_strong: bool


def begin(
    service: SignInService, *, redirect_uri: str, account_id: str, next_path: str
) -> tuple[str, Journey]:
    """Give the address to send a person to, and what to keep until they come back."""
    journey = Journey(
        service=service.name,
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
        account_id=account_id,
        next_path=next_path,
    )
    with _client(service, redirect_uri) as client:
        address, _ = client.create_authorization_url(
            _metadata(client, service)["authorization_endpoint"],
            state=journey.state,
            nonce=journey.nonce,
            code_verifier=journey.verifier,
        )
    return address, journey


def arrive(
    service: SignInService, *, journey: Journey, state: str, code: str, redirect_uri: str, at: dt.datetime
) -> Arrival:
    """Exchange the code and judge the ID token; anything that is not exactly right is Invalid."""
    if not code or not secrets.compare_digest(state.encode(), journey.state.encode()):
        raise Invalid(NOT_PROVED)
    try:
        with _client(service, redirect_uri) as client:
            metadata = _metadata(client, service)
            token = client.fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=journey.verifier,
            )
            keys = _get(client, metadata["jwks_uri"])
        claims = _claims(service, token, keys, journey.nonce, at)
    except requests.RequestException as error:
        raise Invalid(UNREACHABLE) from error
    except (OAuthError, JoseError, KeyError, TypeError, ValueError) as error:
        raise Invalid(NOT_PROVED) from error
    return Arrival(
        issuer=service.issuer,
        subject=str(claims["sub"]),
        email=str(claims.get("email") or ""),
        is_email_verified=claims.get("email_verified") is True,
        name=str(claims.get("name") or ""),
        is_strong=_is_strong(service, claims),
    )


def _client(service: SignInService, redirect_uri: str) -> OAuth2Session:
    return OAuth2Session(
        client_id=service.client_id,
        client_secret=service.client_secret or None,
        token_endpoint_auth_method="client_secret_basic" if service.client_secret else "none",
        scope=service.scope,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        default_timeout=TIMEOUT,
    )


def _metadata(client: OAuth2Session, service: SignInService) -> dict[str, Any]:
    """Ask the service where its doors are; it must call itself what the operator calls it."""
    try:
        found = _get(client, f"{service.issuer.rstrip('/')}/.well-known/openid-configuration")
    except requests.RequestException as error:
        raise Invalid(UNREACHABLE) from error
    if found.get("issuer") != service.issuer:
        raise Invalid(NOT_PROVED)
    return found


def _get(client: OAuth2Session, address: str) -> dict[str, Any]:
    answer = client.get(address, withhold_token=True)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise requests.exceptions.InvalidJSONError("An object was expected.")
    return found


def _claims(
    service: SignInService, token: dict[str, Any], keys: dict[str, Any], nonce: str, at: dt.datetime
) -> dict[str, Any]:
    signed = jwt.decode(
        token["id_token"],
        key=KeySet.import_key_set(keys),  # type: ignore[arg-type]
        registry=JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False),
    )
    claims = CodeIDToken(
        signed.claims,
        signed.header,
        {
            "iss": {"essential": True, "value": service.issuer},
            "aud": {"essential": True, "value": service.client_id},
        },
        {"nonce": nonce, "client_id": service.client_id, "access_token": token.get("access_token")},
    )
    claims.validate(now=int(at.timestamp()), leeway=LEEWAY)
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise ValueError("A subject of 1 to 255 characters was expected.")
    return dict(claims)


def _is_strong(service: SignInService, claims: dict[str, Any]) -> bool:
    shown = {str(method) for method in claims.get("amr") or []}
    return bool(shown & set(service.strong_amr)) or claims.get("acr") in service.strong_acr
