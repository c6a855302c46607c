"""The API in words: a quick start and the reference, rendered from the OpenAPI document itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template

from web.surfaces import Lets, declared

blueprint = declared(Blueprint("api_docs", __name__), Lets.WORDS)


@dataclass(frozen=True, slots=True)
class Operation:
    """One call of the API."""

    method: str
    path: str
    summary: str
    parameters: tuple[Mapping[str, Any], ...]
    answers: tuple[tuple[str, str], ...]


@blueprint.get("/api/docs")
def show() -> str:
    """Show the reference."""
    api = current_app.extensions.get("qoima-api")
    document = api.spec.to_dict() if api else {}
    return render_template("api_docs.html", operations=list(_operations(document)), document=document)


def _operations(document: Mapping[str, Any]) -> "list[Operation]":
    shared = (document.get("components") or {}).get("parameters") or {}
    return [
        _operation(method, path, call, [*item.get("parameters", ()), *call.get("parameters", ())], shared)
        for path, item in (document.get("paths") or {}).items()
        for method, call in item.items()
        if method in ("get", "post", "put", "patch", "delete")
    ]


def _operation(method: str, path: str, call: Mapping[str, Any], given: list[Any], shared: Mapping[str, Any]) -> Operation:
    parameters = tuple(shared.get(str(p.get("$ref")).rpartition("/")[2], p) if "$ref" in p else p for p in given)
    answers = tuple((code, str(answer.get("description", ""))) for code, answer in (call.get("responses") or {}).items())
    return Operation(method.upper(), path, str(call.get("summary") or call.get("description") or ""), parameters, answers)
