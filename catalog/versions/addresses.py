"""Where the bytes of a version stand below our site; what is behind such an address never changes."""

from urllib.parse import quote

from catalog.records import Version, VersionFile


def version_path(version: Version) -> str:
    """Return the address below which everything of a version stands."""
    return f"/dataset/{version.dataset}/versions/{version.number}"


def file_path(version: Version, file: VersionFile) -> str:
    """Return the address of a file's bytes."""
    return f"{version_path(version)}/files/{quote(file.distribution, safe='')}/{quote(file.filename or 'file', safe='')}"


def made_path(version: Version, distribution: str, name: str) -> str:
    """Return the address of what was made of a file, such as `table.parquet`."""
    return f"{version_path(version)}/made/{quote(distribution, safe='')}/{quote(name, safe='')}"
