"""Datasets are held to shapes in several sandboxes at once; every verdict stands with its dataset."""

from catalog.quality.evidence import Evidence
from catalog.quality.shacl.service import FEW, Shapes
from schemas.forms import dump_dataset
from tests.builders import a_dataset

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
<urn:shape> a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [ sh:path dct:title ; sh:pattern "^Good" ] .
"""


def test_every_verdict_stands_with_its_dataset_whichever_sandbox_it_comes_from(tmp_path):
    (tmp_path / "shapes.ttl").write_text(SHAPES)
    shapes = Shapes(tmp_path / "shapes.ttl", tmp_path, "https://data.example")
    words = ["Good" if number % 3 else "Bad" for number in range(2 * FEW + 5)]
    datasets = [a_dataset(name=f"d{number}", title={"en": f"{word} {number}"}) for number, word in enumerate(words)]
    try:
        found = shapes.judged([Evidence(dataset=one, document=dump_dataset(one), as_of="") for one in datasets])
    finally:
        shapes.close()
    assert [one.dataset.name for one in found] == [one.name for one in datasets]
    assert [one.shapes.conforms for one in found] == [word == "Good" for word in words]
