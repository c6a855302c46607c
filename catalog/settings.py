"""Everything that an operator can set, in one frozen record read from QOIMA_… environment variables."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from catalog.errors import SettingsError

DEVELOPMENT_SECRET = "development-only-secret-change-me"


@dataclass(frozen=True, slots=True)
class About:
    """What a setting is for, with an example; the README's table and error messages are made from it."""

    text: str
    example: str


def setting(default: Any, text: str, example: str) -> Any:
    """Declare a setting; its variable is QOIMA_ and the field's name in capitals."""
    about = {"about": About(text, example)}
    return field(default_factory=dict, metadata=about) if default == {} else field(default=default, metadata=about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings. Empty engine URLs stand for the embedded engine below `home`."""

    home: Path = setting(Path("var"), "Folder of all data of the embedded engines", "/srv/qoima")
    database_url: str = setting("", "Database; SQLite in `home` when empty", "postgresql+psycopg://qoima@localhost/qoima")
    search_url: str = setting("", "Search index; Whoosh in `home` when empty", "whoosh:///srv/qoima/index")
    files_url: str = setting("", "File store; a folder in `home` when empty", "s3://bucket/prefix")
    jobs_url: str = setting("", "What wakes background workers; SQLite in `home` when empty", "redis://localhost:6379/0")
    public_url: str = setting("http://127.0.0.1:8000", "Address under which people reach the site", "https://data.example.kz")
    site_title: str = setting("Qoima", "Name of the catalogue on its pages", "Open data of Example")
    default_language: str = setting("en", "Language of pages without a prefix: kk, ru or en", "kk")
    tiles_url: str = setting(
        "", "Tiles of the maps of files; without them maps show the outline of the country", "https://tiles.example.kz/{z}/{x}/{y}.png"
    )
    environment: str = setting("development", "`production` refuses to start with the development secret", "production")
    secret_key: str = setting(DEVELOPMENT_SECRET, "Secret that signs cursors and the index manifest", "(64 random characters)")
    harvest_allow: tuple[str, ...] = setting(
        (), "Private addresses that harvests may reach, as host:port with commas between", "127.0.0.1:8101,127.0.0.1:8102"
    )
    contact: str = setting("", "Contact that the harvester names in its User-Agent", "data@example.kz")
    upload_limit: int = setting(2 * 2**30, "Bytes of one uploaded file at most", "2147483648")
    table_cache: int = setting(
        2 * 2**30, "Bytes of large tables that `home` keeps ready for questions about rows at most; `0` keeps none", "2147483648"
    )
    writes_per_minute: int = setting(600, "Changes that one account makes through the APIs in a minute at most, a process", "600")
    four_eyes: bool = setting(False, "`true`: nobody approves a dataset that they wrote themselves", "true")
    quality_policy: str = setting(
        "",
        "What failed checks do by access level, beside being shown: `hold` takes from view, `block` keeps drafts back too",
        "open/data.validity.tables=hold,open/data.privacy.personal=block",
    )
    shapes: Path | None = setting(
        None, "File or folder of SHACL shapes for the audit (`*.ttl`), such as SEMIC's DCAT-AP 3.0.1; our own when empty",
        "/srv/qoima/dcat-ap-3.0.1",
    )
    proxies: int = setting(0, "Proxies in front of the site whose `X-Forwarded-For` and `-Proto` are believed", "1")
    smtp_url: str = setting("", "Server that sends e-mails; none are sent when empty", "smtps://user:password@mail.example.kz:465")
    mail_from: str = setting("qoima@localhost", "Sender of e-mails", "data@example.kz")
    identity_providers: Path | None = setting(
        None, "JSON file of OpenID Connect providers that people sign in with", "/srv/qoima/providers.json"
    )
    secrets: Mapping[str, str] = setting(
        {}, "Keys of harvest sources: QOIMA_SECRET_<NAME> for a source with `secret_name` <NAME>", "QOIMA_SECRET_EGOVKZ=…"
    )  # fmt: skip

    def address(self, language: str = "") -> str:
        """Return the address of the site's pages in a language; the default language has no prefix."""
        prefix = f"/{language}" if language and language != self.default_language else ""
        return self.public_url.rstrip("/") + prefix

    @property
    def database(self) -> str:
        """Return the SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.home.absolute()}/catalog.db"

    @property
    def search(self) -> str:
        """Return the search URL."""
        return self.search_url or f"whoosh://{self.home.absolute()}/index"

    @property
    def files(self) -> str:
        """Return the file store URL."""
        return self.files_url or f"file://{self.home.absolute()}/files"

    @property
    def jobs(self) -> str:
        """Return the URL of what wakes workers."""
        return self.jobs_url or f"sqlite:///{self.home.absolute()}/jobs.db"


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return "QOIMA_SECRET_…" if name == "secrets" else f"QOIMA_{name.upper()}"


def load_settings(environ: Mapping[str, str] = os.environ, **changes: Any) -> Settings:
    """Read the settings; raises SettingsError that names every bad variable with an example."""
    given = {f.name: environ[variable(f.name)] for f in fields(Settings) if environ.get(variable(f.name))}
    values: dict[str, Any] = dict(given)
    if "home" in given:
        values["home"] = Path(given["home"])
    values |= {name: Path(given[name]) for name in ("shapes", "identity_providers") if name in given}
    if "harvest_allow" in given:
        values["harvest_allow"] = tuple(part.strip() for part in given["harvest_allow"].split(",") if part.strip())
    converters = {f.name: read for f in fields(Settings) if (read := _READ.get(type(f.default)))}
    problems = [_converted(values, name, read) for name, read in converters.items() if name in given]
    values["secrets"] = {
        key.removeprefix("QOIMA_SECRET_"): value for key, value in environ.items()
        if key.startswith("QOIMA_SECRET_") and key != "QOIMA_SECRET_KEY"
    }  # fmt: skip
    settings = Settings(**{**values, **changes})
    if complaints := [*filter(None, problems), *_complaints(settings)]:
        raise SettingsError("\n".join(complaints))
    return settings


def _count(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and int(words) < 2**60 else None


def _flag(words: str) -> bool | None:
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(words.casefold())


_READ: dict[type, Callable[[str], object]] = {int: _count, bool: _flag}


def _converted(values: dict[str, Any], name: str, read: Callable[[str], object]) -> str:
    """Read a text in its place; returns what is wrong with it, empty when nothing."""
    values[name] = read(values[name])
    if values[name] is not None:
        return ""
    del values[name]
    return _complaint(name, "must be true or false" if read is _flag else "must be a whole number")


_SCHEMES = {
    "database_url": ("sqlite", "postgresql+psycopg"),
    "search_url": ("whoosh",),
    "files_url": ("file", "s3"),
    "jobs_url": ("sqlite", "redis"),
    "public_url": ("http", "https"),
    "smtp_url": ("smtp", "smtps"),
}


def _complaints(settings: Settings) -> list[str]:
    found = []
    for name, schemes in _SCHEMES.items():
        value = getattr(settings, name)
        if value and urlsplit(value).scheme not in schemes:
            found.append(_complaint(name, f"must begin with {' or '.join(f'{s}://' for s in schemes)}"))
    if settings.default_language not in ("kk", "ru", "en"):
        found.append(_complaint("default_language", "must be kk, ru or en"))
    if settings.environment not in ("development", "production"):
        found.append(_complaint("environment", "must be development or production"))
    if any(not re.fullmatch(r"[^:\s]+:\d{1,5}", entry) for entry in settings.harvest_allow):
        found.append(_complaint("harvest_allow", "must list host:port entries"))
    if settings.shapes and not (settings.shapes.is_file() or any(settings.shapes.glob("*.ttl"))):
        found.append(_complaint("shapes", "must name a file or folder with shapes in Turtle (*.ttl)"))
    if settings.environment == "production" and (settings.secret_key == DEVELOPMENT_SECRET or len(settings.secret_key) < 32):
        found.append(_complaint("secret_key", "must be at least 32 random characters in production"))
    return found


def _complaint(name: str, rule: str) -> str:
    about = next(f.metadata["about"] for f in fields(Settings) if f.name == name)
    return f"{variable(name)} {rule}; for example {about.example}"
