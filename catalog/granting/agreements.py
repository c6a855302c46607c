"""Grants as ODRL Agreements, signed with Ed25519 by a key derived from the catalogue's secret."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from catalog.granting.records import AccessRequest, Sharing
from catalog.granting.sharing import AGENCY
from catalog.granting.versions import Bounds
from schemas.access import AccessRule, Duty
from schemas.profiles.policy import actions, duty_action

_CONTEXT = ["http://www.w3.org/ns/odrl.jsonld", {"qoima": "urn:qoima:terms#"}]


class Notary:
    """Writes agreements and checks their signatures; `site` is the public address of the catalogue."""

    def __init__(self, secret: str, site: str) -> None:
        seed = HKDF(SHA256(), 32, salt=None, info=b"qoima agreements").derive(secret.encode())
        self._key, self._site = Ed25519PrivateKey.from_private_bytes(seed), site.rstrip("/")

    @property
    def public_key(self) -> str:
        """Return the key that checks signatures, in Base64 (32 bytes, RFC 8032)."""
        return b64encode(self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()

    def agreement(
        self, request: AccessRequest, rule: AccessRule, until: str, now: str, versions: Bounds = (0, 0)
    ) -> dict[str, Any]:
        """Return the agreement that a request leads to (ODRL Information Model 2.2 §2.1.3), with its proof."""
        constraint = [_constraint("dateTime", "lteq", {"@value": until, "@type": "xsd:date"})]
        if request.kind:
            constraint.append(_constraint("purpose", "isAnyOf", request.kind))
        if rule.count is not None:
            constraint.append(_constraint("count", "lteq", rule.count))
        constraint += _versions(*versions)
        if request.behalf.startswith(AGENCY):
            constraint.append(_constraint("recipient", "isAnyOf", request.behalf))
        measures = request.sharing.measures if request.sharing else ()
        duties = (*rule.duties, *(Duty(action="protect", value=measure) for measure in measures))
        permission = {
            "target": f"{self._site}/dataset/{request.dataset}", "action": [one.removeprefix("odrl:") for one in actions(rule)],
            "constraint": constraint,
            "duty": [{"action": duty_action(duty.action).removeprefix("odrl:"), **_valued(duty.value)} for duty in duties],
        }  # fmt: skip
        made: dict[str, Any] = {
            "@context": _CONTEXT, "@type": "Agreement", "uid": f"urn:qoima:agreement:{request.id}",
            "assigner": f"{self._site}/organization/{request.agency}", "assignee": f"urn:qoima:account:{request.account}",
            "qoima:issued": now, "qoima:statedPurpose": request.purpose, "qoima:organisation": request.organisation,
            "permission": [permission],
        }  # fmt: skip
        if request.terms:
            made["qoima:terms"] = asdict(request.terms)
        if request.sharing:
            made["qoima:safeguards"] = _safeguards(request, request.sharing, now)
        return made | {"qoima:proof": {"type": "Ed25519", "publicKey": self.public_key, "signature": self._signature(made)}}

    def holds(self, agreement: Mapping[str, Any]) -> bool:
        """Tell whether an agreement is as this catalogue signed it."""
        signed = {key: value for key, value in agreement.items() if key != "qoima:proof"}
        given = agreement.get("qoima:proof", {}).get("signature", "")
        return bool(given) and given == self._signature(signed)

    def _signature(self, document: Mapping[str, Any]) -> str:
        words = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return b64encode(self._key.sign(words.encode())).decode()


def _constraint(left: str, operator: str, right: Any) -> dict[str, Any]:
    return {"leftOperand": left, "operator": operator, "rightOperand": right}


def _safeguards(request: AccessRequest, sharing: Sharing, now: str) -> dict[str, Any]:
    """Return what was stated on behalf of whom, who authorised it, and since when its owner finds it satisfied."""
    confirmed = request.confirmed
    by = {"confirmedBy": f"urn:qoima:account:{confirmed.by}", "confirmed": confirmed.at} if confirmed else {}
    return {**asdict(sharing), **by, "measures": list(sharing.measures), "satisfied": now}


def _versions(first: int, last: int) -> list[dict[str, Any]]:
    """Return the bounds as constraints (odrl:version, the version of the target)."""
    if first == last:
        return [_constraint("version", "eq", first)] if first else []
    lowest = [_constraint("version", "gteq", first)] if first else []
    return lowest + ([_constraint("version", "lteq", last)] if last else [])


def _valued(value: str) -> dict[str, str]:
    return {"qoima:value": value} if value else {}
