"""Frictionless validates the metadata of every dataset, as the data package that we publish of it."""

from schemas.dataset import Dataset
from schemas.problems import Problem, Severity
from schemas.profiles.base import WriteContext
from schemas.profiles.standards import datapackage

_CONTEXT = WriteContext(base_url="https://catalogue.invalid")


def metadata_problems(dataset: Dataset) -> list[Problem]:
    """Return what Frictionless finds wrong with the descriptor of a dataset; warnings, since our form has taken it."""
    from frictionless import Package

    descriptor = datapackage.bare(dataset, _CONTEXT)
    return [Problem("metadata", "", error.message, Severity.WARNING) for error in Package.metadata_validate(descriptor)]
