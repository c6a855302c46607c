"""Columns of a tabular file: Frictionless Table Schema (Data Package v2) with language maps, units and code lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One entry of a code list."""

    value: str
    label: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column. `type`, `format` and `constraints` are those of Table Schema v2."""

    name: str
    type: str = "any"
    format: str = "default"
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    unit: str = ""
    rdf_type: str = ""
    example: str = ""
    categories: tuple[Category, ...] = ()
    constraints: Mapping[str, Any] = field(default_factory=dict)
    missing_values: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
    """Fields in file order, with the keys over them."""

    fields: tuple[Field, ...] = ()
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[Mapping[str, Any], ...] = ()
    missing_values: tuple[str, ...] = ("",)
