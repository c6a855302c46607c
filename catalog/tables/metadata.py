"""Frictionless validates the metadata of every dataset, as the data package that we publish of it."""

import json
from functools import lru_cache
from typing import Any

from schemas.dataset import Dataset
from schemas.problems import Problem, Severity
from schemas.profiles import profiles
from schemas.profiles.base import WriteContext

_CONTEXT = WriteContext(base_url="https://catalogue.invalid")


def metadata_problems(dataset: Dataset) -> list[Problem]:
    """Return what Frictionless finds wrong with the descriptor of a dataset; warnings, since our form has taken it."""
    descriptor = json.loads(profiles()["datapackage"].write(dataset, _CONTEXT))
    if not descriptor.get("resources"):
        descriptor["resources"] = [{"name": "none", "data": [["none"]]}]  # a package needs one; ours may be metadata only
    return [Problem("metadata", _pointer(error.path), error.message, Severity.WARNING) for error in _validator().iter_errors(descriptor)]


@lru_cache
def _validator() -> Any:
    """Return a compiled validator of Frictionless' own package profile; its class compiles it anew for every descriptor."""
    from frictionless import Package
    from jsonschema.validators import validator_for

    profile = Package.metadata_profile
    return validator_for(profile)(profile)


def _pointer(path: Any) -> str:
    return "".join(f"/{step}" for step in path)
