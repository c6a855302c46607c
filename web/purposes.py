"""What a request says that the bytes are for: `?purpose=`, or the header `Qoima-Purpose`; links of a page carry it on."""

from urllib.parse import urlencode

from flask import has_request_context, request


def stated() -> str:
    """Return the purpose that the request states, empty for none."""
    return (request.args.get("purpose") or request.headers.get("Qoima-Purpose", "")).strip()[:200]


def carried(address: str) -> str:
    """Return the address of bytes with the purpose that this page was asked for with."""
    purpose = request.args.get("purpose", "").strip()[:200] if has_request_context() else ""
    return f"{address}?{urlencode({'purpose': purpose})}" if purpose else address
