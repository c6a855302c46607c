"""A device with passkeys, in software: what a browser would send of it."""

import hashlib
import json
import secrets
import struct
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

PRESENT_AND_VERIFIED, WITH_KEY = 0x05, 0x40


class Device:
    """Holds one key for one site; `count` is how often it says that it was used."""

    def __init__(self, origin: str = "http://localhost", host: str = "localhost") -> None:
        self._key, self.id = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(32)
        self.origin, self.host, self.count, self.flags = origin, host, 0, PRESENT_AND_VERIFIED

    def create(self, options: dict[str, Any]) -> str:
        """Return the answer to a wish for a new passkey."""
        numbers = self._key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        told = self._told(self.flags | WITH_KEY) + bytes(16) + struct.pack(">H", 32) + self.id + cbor2.dumps(key)
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": told})
        return self._answer("webauthn.create", options, attestationObject=made)

    def get(self, options: dict[str, Any]) -> str:
        """Return the answer to a wish to sign in."""
        self.count += 1
        told, client = self._told(self.flags), self._client("webauthn.get", options)
        signature = self._key.sign(told + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer("webauthn.get", options, authenticatorData=told, signature=signature)

    def _told(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _answer(self, kind: str, options: dict[str, Any], **response: bytes) -> str:
        parts = {"clientDataJSON": self._client(kind, options), **response}
        coded = {name: bytes_to_base64url(value) for name, value in parts.items()}
        id = bytes_to_base64url(self.id)
        return json.dumps({"id": id, "rawId": id, "type": "public-key", "response": coded, "clientExtensionResults": {}})
