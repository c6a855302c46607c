"""Who publishes, whom to ask and who answers for a dataset."""

from dataclasses import dataclass, field

from schemas.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A publishing body (foaf:Agent, org:Organization); `name` is its part of the address /organization/<name>."""

    name: str
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    identifier: str = ""
    homepage: str = ""
    email: str = ""
    telephone: str = ""
    type: str = ""
    country: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """A person or office that answers questions (vcard:Kind)."""

    name: Text = field(default_factory=dict)
    email: str = ""
    telephone: str = ""
    url: str = ""
    hours: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """A body with a part in the making: creator, collector, labeller, checker, distributor … (prov:qualifiedAttribution)."""

    name: Text = field(default_factory=dict)
    role: str = ""
    url: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """The chain of people that answer for a dataset, and the law it stands on."""

    owner: str = ""
    steward: str = ""
    quality_officer: str = ""
    legal_basis: Text = field(default_factory=dict)
