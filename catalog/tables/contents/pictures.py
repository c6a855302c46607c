"""Pictures by their first bytes: kind, width, height. Nothing is decoded; what is no plain picture is none."""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SIDE = 4096
"""Pixels of a side that a browser is asked to draw at most."""
MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})


def picture(path: Path, folder: Path, job: Mapping[str, Any], samples: list[dict[str, Any]]) -> dict[str, Any]:
    """Return `{"picture": {"media_type", "width", "height"}}`."""
    with path.open("rb") as file:
        found = measured(file.read(1 << 20))
    return {"picture": found} if found else {}


def measured(head: bytes) -> dict[str, Any] | None:
    """Return media type, width and height in pixels, None where the bytes are no picture that a page may show."""
    for kind, start, size in (("png", b"\x89PNG\r\n\x1a\n", _png), ("jpeg", b"\xff\xd8\xff", _jpeg), ("gif", b"GIF8", _gif),
                              ("webp", b"RIFF", _webp)):  # fmt: skip
        if head.startswith(start):
            width, height = size(head) or (0, 0)
            good = 0 < width <= SIDE and 0 < height <= SIDE
            return {"media_type": MEDIA_TYPES[kind], "width": width, "height": height} if good else None
    return None


def _png(head: bytes) -> tuple[int, int] | None:
    return struct.unpack(">II", head[16:24]) if head[12:16] == b"IHDR" and len(head) >= 24 else None


def _gif(head: bytes) -> tuple[int, int] | None:
    return struct.unpack("<HH", head[6:10]) if len(head) >= 10 else None


def _webp(head: bytes) -> tuple[int, int] | None:
    """Read the canvas of the extended form, the frame of the simple lossy one, or the bits of the lossless one."""
    if head[8:12] != b"WEBP" or len(head) < 30:
        return None
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _jpeg(head: bytes) -> tuple[int, int] | None:
    """Walk the segments to the start of the frame (ITU T.81, B.2.2)."""
    place = 2
    while place + 9 <= len(head) and head[place] == 0xFF:
        marker = head[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", head[place + 5 : place + 9])
            return width, height
        place += 2 + int.from_bytes(head[place + 2 : place + 4], "big")
    return None
