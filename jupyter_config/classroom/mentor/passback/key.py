"""The key with which the desk signs itself in at a platform: made once, and only its public half is ever shown."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

from classroom.mentor.passback.settings import KEY_FILE, read_key
from classroom.mentor.place.faults import DeskFault

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder

_BITS, _EXPONENT = 2048, 65537


def make_key(folder: MentorFolder) -> None:
    """Make the key, readable to nobody else, unless there is one."""
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    place = folder.desk / KEY_FILE
    if place.exists():
        return
    key = rsa.generate_private_key(_EXPONENT, _BITS)
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)


def public_key(folder: MentorFolder) -> str:
    """Its public half as PEM, to be pasted into the platform.

    Raises:
        DeskFault: there is none, or it is no key.
    """
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    text: bytes = _private(folder).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return text.decode()


def public_jwk(folder: MentorFolder) -> dict[str, str]:
    """The same as a JWK (RFC 7517), named by its thumbprint (RFC 7638). Raises as `public_key`."""
    from jwt.algorithms import RSAAlgorithm

    made: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(_private(folder).public_key()))
    named = {name: str(made[name]) for name in ("e", "kty", "n")}
    digest = hashlib.sha256(json.dumps(named, separators=(",", ":"), sort_keys=True).encode()).digest()
    kid = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return {**named, "kid": kid, "alg": "RS256", "use": "sig"}


def _private(folder: MentorFolder) -> Any:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return load_pem_private_key(read_key(folder).encode(), None)
    except (ValueError, TypeError) as fault:
        raise DeskFault("lti.no_key", place=folder.desk / KEY_FILE) from fault
