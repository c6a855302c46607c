"""MQA of the real catalogues of the payloads: mean points, bands and means by dimension; links were never checked."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

from catalog.publication import as_published
from catalog.quality.base import DIMENSIONS, MQA
from catalog.quality.evidence import Evidence
from catalog.quality.judging import judge
from catalog.quality.scoring import BANDS, Score, score
from catalog.quality.shacl.service import Shapes
from schemas.dataset import Dataset
from schemas.forms import dump_dataset, load_dataset
from schemas.profiles.base import Profile, ReadContext
from schemas.profiles.standards import dcat, dcat_us
from tests.payloads import ROOT

SITE = "https://data.example"
CATALOGUES: dict[str, Profile] = {"f_dcat": dcat.PROFILE, "g_dcatus": dcat_us.PROFILE}


def run() -> Iterator[str]:
    """Yield the lines of the table."""
    dimensions = DIMENSIONS[MQA]
    yield f"| catalogue | datasets | mean | possible | {' | '.join(code for code, _ in BANDS)} | {' | '.join(dimensions)} |"
    yield "|---" * (4 + len(BANDS) + len(dimensions)) + "|"
    for folder in sorted(path for name in CATALOGUES for path in (ROOT / name).glob("*") if path.is_dir()):
        files = sorted(one for one in folder.glob("*") if one.is_file() and not folder.name.startswith("schema"))
        if scores := [found for _, found in scored(datasets(files))]:
            bands = Counter(one.band for one in scores)
            cells = [len(scores), round(fmean(one.points for one in scores), 1), round(fmean(one.possible for one in scores), 1)]
            cells += [bands[code] for code, _ in BANDS]
            cells += [round(fmean(one.dimensions[name].points for one in scores), 1) for name in dimensions]
            yield f"| {folder.parent.name}/{folder.name} | {' | '.join(map(str, cells))} |"


def datasets(files: list[Path]) -> list[Dataset]:
    """Return the datasets of catalogues, each name once."""
    found = dict[str, Dataset]()
    for path in files:
        profile = CATALOGUES[path.parents[1].name]
        for record in profile.split(path.read_bytes()):
            dataset, _ = load_dataset(profile.read(record, ReadContext(language="en")).document)
            if dataset:
                found.setdefault(dataset.name, dataset)
    return list(found.values())


def scored(found: list[Dataset]) -> Iterator[tuple[Dataset, Score]]:
    """Yield datasets with their scores, as if they had just been harvested with their files left where they are."""
    with TemporaryDirectory() as folder:
        shapes = Shapes(None, Path(folder), SITE)
        published = [as_published(one, (), SITE, bytes_allowed=True) for one in found]
        gathered = [Evidence(dataset=one, document=dump_dataset(one), as_of="2026-11-29T00:00:00Z") for one in published]
        for start in range(0, len(gathered), 50):
            for one in shapes.judged(gathered[start : start + 50]):
                yield one.dataset, score(MQA, judge(one))
        shapes.close()
