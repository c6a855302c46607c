"""The dataset: one frozen record with DCAT-AP 3 property names that travels through the whole product."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.access import AccessRule
from schemas.agents import Agency, ContactPoint, Contributor, Responsibility
from schemas.coverage import Period, Place
from schemas.distribution import DataService, Distribution
from schemas.ml import MLProfile
from schemas.texts import Keywords, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetSeries:
    """A collection of datasets (dcat:DatasetSeries)."""

    identifier: str
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A dataset (dcat:Dataset, DCAT-AP 3.0.1).

    Texts are language maps. `theme`, `accrual_periodicity` and `language` are EU authority IRIs; `issued`, `modified` are
    ISO 8601 texts in the precision given. `license_asserted` tells that the licence comes from the portal's terms, not
    from the record. `raw` keeps what a source said and no property can hold; nothing is dropped silently.
    """

    name: str
    title: Text
    identifier: str = ""
    uri: str = ""
    description: Text = field(default_factory=dict)
    purpose: Text = field(default_factory=dict)
    keyword: Keywords = field(default_factory=dict)
    theme: tuple[str, ...] = ()
    publisher: Agency | None = None
    contributor: tuple[Contributor, ...] = ()
    contact_point: tuple[ContactPoint, ...] = ()
    issued: str = ""
    modified: str = ""
    accrual_periodicity: str = ""
    language: tuple[str, ...] = ()
    temporal: tuple[Period, ...] = ()
    temporal_resolution: str = ""
    spatial: tuple[Place, ...] = ()
    spatial_resolution_in_meters: float | None = None
    landing_page: str = ""
    page: tuple[str, ...] = ()
    conforms_to: tuple[str, ...] = ()
    provenance: Text = field(default_factory=dict)
    source: tuple[str, ...] = ()
    version: str = ""
    version_notes: Text = field(default_factory=dict)
    in_series: tuple[DatasetSeries, ...] = ()
    other_identifier: tuple[str, ...] = ()
    is_referenced_by: tuple[str, ...] = ()
    applicable_legislation: tuple[str, ...] = ()
    hvd_category: tuple[str, ...] = ()
    rights: Text = field(default_factory=dict)
    license_asserted: bool = False
    distribution: tuple[Distribution, ...] = ()
    service: tuple[DataService, ...] = ()
    access: AccessRule = field(default_factory=AccessRule)
    responsibility: Responsibility = field(default_factory=Responsibility)
    ml: MLProfile = field(default_factory=MLProfile)
    raw: Mapping[str, Any] = field(default_factory=dict)
