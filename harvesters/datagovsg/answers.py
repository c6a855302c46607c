"""Answers of data.gov.sg: envelopes that may be errors, and records that the portal says something against."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from harvesters.base import Fetching, HarvestRecord
from harvesters.http.errors import FetchError
from schemas.profiles.reading import words

MAX_FAILURES = 10
"""Records in a row that the portal fails to answer for, before it counts as out of order."""
IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,100}")
"""What may stand in an address of ours; anything else is left out."""

_GONE = frozenset({400, 404, 410, 422})
"""Refusals that are about one record."""


class Refused(Exception):
    """An answer of the portal that is an error by its envelope, whatever its status."""


def data_of(fetching: Fetching, url: str, **params: Any) -> Mapping[str, Any]:
    """Return `data` of an answer `{code, data, errorMsg}`; raises Refused when `code` is not 0."""
    key = fetching.secrets.get("key", "")
    answer = fetching.http.get_json(url, params=params or None, headers={"x-api-key": key} if key else {})
    if not isinstance(answer, Mapping) or answer.get("code", 0) not in (0, "0"):
        said = str(answer.get("errorMsg") or answer.get("code"))[:300] if isinstance(answer, Mapping) else "no object"
        raise Refused(f"The portal answered an error: {said.rstrip('.')}.")
    if not isinstance(data := answer.get("data"), Mapping):
        raise Refused("The portal answered nothing under `data`.")
    return data


def result_of(fetching: Fetching, action: str, **params: Any) -> Any:
    """Return `result` of an answer `{success, result, error}`."""
    answer = fetching.http.get_json(f"{fetching.source.url.rstrip('/')}/api/action/{action}", params=params or None)
    if not isinstance(answer, Mapping) or answer.get("success") is not True:
        raise Refused(f"The portal refused {action}.")
    return answer.get("result")


class Patience:
    """Describes records one by one; what the portal says against one is kept as its `error`, so that its last version lives."""

    def __init__(self) -> None:
        self._failures = 0

    def described(self, identifier: str, body: dict[str, Any], more: Callable[[], dict[str, Any]]) -> HarvestRecord:
        """Return the record; raises FetchError when the portal fails for too many in a row."""
        try:
            body |= more()
            self._failures = 0
        except Refused as refusal:
            body["error"] = str(refusal)
        except FetchError as error:
            self._failures += error.status not in _GONE
            if self._failures >= MAX_FAILURES:
                raise
            body["error"] = str(error)
        return HarvestRecord(identifier=identifier, body=body, profile="datagovsg", modified=_modified(body))


def _modified(body: Mapping[str, Any]) -> str:
    stamps = (body.get("package", {}).get("metadata_modified"), body.get("metadata", {}).get("lastUpdatedAt"))
    return next((word for stamp in stamps if (word := words(stamp))), "")
