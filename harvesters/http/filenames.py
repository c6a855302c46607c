"""Names of downloaded files: from Content-Disposition or the address, readable in any script, harmless everywhere."""

import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from urllib.parse import unquote, urlsplit

MAX_NAME = 120
"""Characters of a file name."""

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff/\\:*?\"<>|]+")


def filename(disposition: str, url: str) -> str:
    """Return a clean file name from the header (RFC 6266, and raw UTF-8 as many send it), else from the address."""
    path = unquote(urlsplit(url).path, errors="replace")
    return clean(_from_header(disposition)) or clean(path.rpartition("/")[2]) or "file"


def clean(name: str) -> str:
    """Return the last part of `name` without control, direction and path characters, shortened before its extension."""
    last = re.split(r"[/\\]", name.strip())[-1]
    plain = " ".join(_UNSAFE.sub("_", unicodedata.normalize("NFC", last)).split()).strip(" ._")
    if len(plain) <= MAX_NAME:
        return plain
    stem, dot, extension = plain.rpartition(".")
    if not dot or len(extension) > 12:
        return plain[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(extension) - 1]}.{extension}"


def _from_header(disposition: str) -> str:
    message = Message()
    message["Content-Disposition"] = re.sub(r"[\r\n]", " ", disposition)
    try:
        found = message.get_filename("")
        name = str(make_header(decode_header(found))) if found.startswith("=?") else found
    except (HeaderParseError, LookupError, ValueError):
        return ""
    return _unmangled(name)


def _unmangled(name: str) -> str:
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name
