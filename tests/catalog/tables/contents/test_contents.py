"""What pages show of files beside tables: shapes, trees, entries and pictures; bounded, and harmless where files are bad."""

import io
import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from catalog.records import CONTENTS
from catalog.tables.contents import make_contents
from catalog.tables.contents.archive import PICTURE, PICTURES
from catalog.tables.contents.documents import NODES, tree
from catalog.tables.contents.pictures import measured
from catalog.tables.contents.shapes import CORNERS, POINTS, shapes

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\0\0\0"


def made(folder: Path, body: bytes, **job: Any) -> tuple[dict[str, Any], list[str]]:
    """Return the contents of a file, and the names of all that was made."""
    path, out = folder / "file", folder / "out"
    path.write_bytes(body)
    out.mkdir()
    names = [one["name"] for one in make_contents(path, out, job)]
    return (json.loads((out / CONTENTS).read_text("utf-8")) if names else {}), names


def packed(members: dict[str, bytes]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return body.getvalue()


def features(*geometries: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {}, "geometry": one} for one in geometries],
    }


def test_points_keep_the_number_of_their_feature() -> None:
    drawn = shapes(features({"type": "Point", "coordinates": [71.4, 51.1]}, {"type": "Point", "coordinates": [76.9, 43.2]}))
    assert drawn["points"] == [[71.4, 51.1, 0], [76.9, 43.2, 1]]
    assert drawn["bbox"] == [71.4, 43.2, 76.9, 51.1]
    assert drawn["kinds"] == {"Point": 2}


def test_outlines_are_closed_paths_with_north_up() -> None:
    ring = [[0, 0], [10, 0], [10, 5], [0, 5], [0, 0]]
    drawn = shapes(features({"type": "Polygon", "coordinates": [ring]}))
    assert (drawn["width"], drawn["height"]) == (1000, 500)
    assert drawn["lines"] == "M0,500l1000,0l0,-500l-1000,0l0,500z"


def test_many_corners_are_drawn_coarser_and_never_too_many() -> None:
    line = [[x / 100, (x * 7919 % 1000) / 100] for x in range(20_000)]
    drawn = shapes(features({"type": "MultiLineString", "coordinates": [line[:10_000], line[10_000:], [[0, 0], [1, 1]]]}))
    assert drawn["lines"].count("l") <= CORNERS
    assert drawn["truncated"]
    many = shapes(features(*({"type": "Point", "coordinates": [n / 100, 1]} for n in range(5000))))
    assert (len(many["points"]), many["truncated"]) == (POINTS, True)


@pytest.mark.parametrize(
    "geometry",
    [None, {}, {"type": "Point"}, {"type": "Point", "coordinates": "here"}, {"type": "Polygon", "coordinates": [1, [2]]},
     {"type": "Point", "coordinates": [1e9, 2]}, {"type": "Point", "coordinates": [None, None]},
     {"type": "Circle", "coordinates": [1, 2]}],
)  # fmt: skip
def test_geometries_that_are_none_draw_nothing(geometry: Any) -> None:
    assert shapes(features(geometry)) == {}


def test_a_tree_shows_the_first_items_and_counts_the_rest() -> None:
    shown = tree({"total": 40, "rows": [{"a": n} for n in range(40)]})
    rows = shown["nodes"][1]
    assert (rows["key"], rows["type"], rows["count"], len(rows["nodes"])) == ("rows", "array", 40, 3)


def test_a_tree_stays_small_whatever_the_document() -> None:
    wide: Any = {str(n): {str(m): "x" * 1000 for m in range(100)} for n in range(100)}
    assert json.dumps(tree(wide)).count('"type"') <= NODES + 1
    assert len(tree("x" * 1000)["value"]) < 200


def test_an_archive_lists_its_entries_folders_and_tables(tmp_path: Path) -> None:
    found, _ = made(tmp_path, packed({"a/one.csv": b"x\n1\n", "a/two.csv": b"x\n2\n", "b/readme.txt": b"hello"}))
    assert (found["kind"], found["count"], found["unpacked"]) == ("zip", 3, 13)
    assert found["entries"][0] == {"name": "a/one.csv", "size": 4}
    assert found["folders"] == {"a": 2, "b": 1}
    assert found["tables"] == ["a/one.csv", "a/two.csv"]


def test_pictures_are_sampled_from_every_folder_in_turn_with_its_name_as_label(tmp_path: Path) -> None:
    body = packed({f"{label}/{n}.png": PNG for label in ("cat", "dog") for n in range(20)})
    found, names = made(tmp_path, body)
    assert found["pictures"] == 40
    assert [one["label"] for one in found["samples"]] == ["cat", "dog"] * (PICTURES // 2)
    assert names[1:] == [one["made"] for one in found["samples"]]
    assert (tmp_path / "out" / names[1]).read_bytes() == PNG


def test_what_only_calls_itself_a_picture_is_no_sample(tmp_path: Path) -> None:
    body = packed({"a/page.png": b"<svg onload=alert(1)>", "a/huge.png": PNG + b"\0" * PICTURE, "a/good.png": PNG})
    found, names = made(tmp_path, body)
    assert [one["name"] for one in found["samples"]] == ["a/good.png"]
    assert len(names) == 2


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (PNG, (640, 480)),
        (b"GIF89a" + struct.pack("<HH", 10, 20), (10, 20)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 30, 40) + b"\0" * 8, (40, 30)),
        (b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + (99).to_bytes(3, "little") + (49).to_bytes(3, "little"), (100, 50)),
    ],
)
def test_the_size_of_pictures_is_read_from_their_heads(head: bytes, size: tuple[int, int]) -> None:
    found = measured(head)
    assert found
    assert (found["width"], found["height"]) == size


@pytest.mark.parametrize(
    "head", [b"", b"\x89PNG\r\n\x1a\n", PNG[:20], PNG[:16] + struct.pack(">II", 100_000, 100_000), b"\xff\xd8\xff" * 9]
)
def test_pictures_without_a_sane_size_are_none(head: bytes) -> None:
    assert measured(head) is None


@pytest.mark.parametrize(
    "body", [b"", b"a,b\n1,2\n", b'{"a": ', b"[" * 200_000 + b"]" * 200_000, b"PK\x03\x04broken", b"\x89PNG", b"\x00" * 100]
)  # fmt: skip
def test_files_that_cannot_be_read_make_nothing_and_raise_nothing(tmp_path: Path, body: bytes) -> None:
    assert made(tmp_path, body) == ({}, [])


def test_names_of_members_are_read_as_the_program_that_packed_them_wrote_them(tmp_path: Path) -> None:
    body = packed({"x.csv": b""}).replace(b"x.csv", "д.csv".encode("cp866"))
    found, _ = made(tmp_path, body, likely=("cp1251", "cp1252"))
    assert found["entries"][0]["name"] == "д.csv"
