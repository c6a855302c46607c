"""A small catalogue with one dataset for every state that pages show, published and validated by the real services."""

import hashlib
import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from catalog.access import SYSTEM, harvester
from catalog.bootstrap import Catalog
from catalog.harvests.records import Counts, HarvestSource, RunProblem, RunState
from catalog.publishing import Origin
from catalog.records import FileRecord, FileState
from schemas.access import AccessLevel, AccessRule, Duty
from schemas.agents import Agency, ContactPoint, Contributor, Responsibility
from schemas.coverage import BoundingBox, Period, Place
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.ml import Annotation, Metric, MLProfile, ModelCard, SplitRecipe
from schemas.problems import Problem, Severity
from schemas.table import Category, Field, TableSchema

SOURCE = "egov-sample"
KZ = "https://adilet.zan.kz/rus/docs/Z1500000401"
BUREAU = Agency(
    name="bureau",
    title={"kk": "Ұлттық статистика бюросы", "ru": "Бюро национальной статистики", "en": "Bureau of National Statistics"},
    description={"ru": "Собирает и публикует официальную статистику.", "kk": "Ресми статистиканы жинап, жариялайды."},
    email="stat@example.kz",
    homepage="https://stat.example.kz",
    country="KZ",
)
HEALTH = Agency(name="korea-health", title={"ko": "국민건강데이터원", "en": "Institute of Health Data"}, country="KR")
POPULATION = "region,name,population,area_km2\n" + "".join(
    f"KZ-{code},{name},{people},{area}\n"
    for code, name, people, area in (
        ("10", "Абай облысы", 610_100, 185.5),
        ("11", "Ақмола облысы", 787_900, 146.2),
        ("15", "Ақтөбе облысы", 939_400, 300.6),
        ("19", "Алматы облысы", 1_531_200, 105.1),
        ("23", "Атырау облысы", 704_100, 118.6),
        ("27", "Батыс Қазақстан облысы", 693_300, 151.3),
        ("31", "Жамбыл облысы", 1_222_600, 144.3),
        ("33", "Жетісу облысы", 696_900, 118.5),
        ("35", "Қарағанды облысы", 1_134_900, 239.0),
        ("39", "Қостанай облысы", 829_900, 196.0),
        ("43", "Қызылорда облысы", 841_900, 226.0),
        ("47", "Маңғыстау облысы", 786_900, 165.6),
    )
)
FAULTY = (
    "station,date,temperature\nАстана,2026-01-01,-18.5\nАлматы,2026-01-01,cold\nШымкент,2026-01-01,2.5\n"
    + "Тараз,someday,1\n" * 14
)

MEASUREMENTS = {
    "long": "number,letter\n" + "".join(f"{number},{'ABC'[number % 3]}\n" for number in range(250)),
    "wide": "\n".join(",".join(f"c{n}" if row == 0 else str(n * row % 997) for n in range(300)) for row in range(151)),
    "odd": 'words,score\n<script>alert(1)</script>,1\n"a, ""b""",2\nO\'H,\n',
    "map": json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": name}, "geometry": geometry} for name, geometry in (
            ("Astana", {"type": "Point", "coordinates": [71.43, 51.13]}),
            ("Almaty", {"type": "Point", "coordinates": [76.89, 43.24]}),
            ("Ground", {"type": "Polygon", "coordinates": [[[70, 45], [75, 45], [75, 48], [70, 48], [70, 45]]]}),
        )
    ]}),
    "page": "<!doctype html><html><body>Sign in</body></html>",
}  # fmt: skip
"""Files of the shapes that pages must bear, by the id of their distribution."""


def pictures() -> bytes:
    """Return an archive with one small picture of each of two kinds of animal."""
    dot = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
        "0000000049454e44ae426082"
    )
    body = BytesIO()
    with ZipFile(body, "w") as archive:
        for name in ("cat/1.png", "dog/1.png", "readme.txt"):
            archive.writestr(name, dot)
    return body.getvalue()


def fill(catalog: Catalog) -> None:
    """Publish, validate, index; leave two runs of one source."""
    catalog.harvests.add(
        HarvestSource(name=SOURCE, kind="egovkz", url="https://portal.example.kz/api", title="Sample portal", agency="bureau")
    )
    origin = Origin(source=SOURCE, kind="egovkz", files="copy")
    for dataset in (population(), temperature(), health(), photos(), withdrawn()):
        catalog.publishing.publish(harvester(SOURCE), dataset, "harvested from Sample portal", origin)
    store(catalog, "population-by-region", "csv", "Халық саны 2026.csv", POPULATION)
    store(catalog, "air-temperature", "readings", "readings.csv", FAULTY)
    for dataset in (measurements("measurements", *MEASUREMENTS, "pictures"), measurements("late-measurements", "waits")):
        catalog.publishing.publish(harvester(SOURCE), dataset, "harvested from Sample portal", origin)
    for name, text in MEASUREMENTS.items():
        store(catalog, "measurements", name, f"{name}.csv", text)
    store(catalog, "measurements", "pictures", "pictures.zip", pictures())
    catalog.validation.check_waiting(SOURCE, lambda done, total: None)
    catalog.versions.cut_waiting(SOURCE)
    catalog.versions.cut_waiting(SOURCE)
    catalog.croissants.check_waiting()
    catalog.audits.run()
    store(catalog, "late-measurements", "waits", "waits.csv", "a\n1\n")
    catalog.publishing.withdraw(SYSTEM, "old-register", "replaced by population-by-region")
    catalog.indexing.drain()
    with catalog.store.write() as work:
        first = work.harvests.start_run(SOURCE, "2026-11-21T03:00:00Z")
        work.harvests.save_run(_ended(first, RunState.COMPLETE, Counts(seen=5, added=5, files_stored=2), 0))
        second = work.harvests.start_run(SOURCE, "2026-11-22T03:00:00Z")
        problems = [
            RunProblem(
                f"record-{n}",
                Problem("not-a-date", "/modified", "Give a date such as 2026-11-23, 2026-11 or 2026.", Severity.WARNING),
            )
            for n in range(120)
        ]
        work.harvests.add_problems(
            second.id, [RunProblem("", Problem("http-500", "", "The portal answered 500 at page 3; run again later.")), *problems]
        )
        work.harvests.save_run(_ended(second, RunState.INCOMPLETE, Counts(seen=5, unchanged=4, failed=1), 121))


def store(catalog: Catalog, dataset: str, distribution: str, filename: str, text: str | bytes) -> FileRecord:
    """Put the bytes of a file into the store, as a harvest does."""
    body = text if isinstance(text, bytes) else text.encode()
    digest = hashlib.sha256(body).hexdigest()
    path = Path(catalog.temporary) / digest
    path.write_bytes(body)
    catalog.files_store.put(path, digest)
    record = FileRecord(
        dataset=dataset,
        distribution=distribution,
        state=FileState.STORED,
        url="https://portal.example.kz/file",
        filename=filename,
        media_type="text/csv",
        sha256=digest,
        byte_size=len(body),
        fetched="2026-11-22T03:01:00Z",
    )
    with catalog.store.write() as work:
        work.files.put(record)
    return record


def population() -> Dataset:
    """Return an open dataset with everything filled in, in three languages."""
    return Dataset(
        name="population-by-region",
        title={"kk": "Облыстар бойынша халық саны", "ru": "Численность населения по областям", "en": "Population by region"},
        description={
            "kk": "Жыл басындағы халық саны, облыстар бойынша.\n\nДерек көзі – **тіркеу**.",
            "ru": "Численность населения на начало года по областям.",
            "en": "Population at the beginning of the year, by region.\n\n* estimates from the register\n* see <https://stat.example.kz/method>",
        },
        purpose={"en": "To plan schools and hospitals.", "ru": "Для планирования школ и больниц."},
        keyword={"en": ("population", "regions"), "ru": ("население", "области"), "kk": ("халық",)},
        theme=("http://publications.europa.eu/resource/authority/data-theme/SOCI",),
        publisher=BUREAU,
        issued="2020-02-01",
        modified="2026-11-20",
        accrual_periodicity="http://publications.europa.eu/resource/authority/frequency/ANNUAL",
        contact_point=(
            ContactPoint(name={"ru": "Отдел демографии"}, email="demography@example.kz", telephone="+7 7172 00 00 00"),
        ),
        contributor=(Contributor(name={"ru": "Аппарат акимов"}, role="collector"),),
        spatial=(
            Place(name={"en": "Kazakhstan", "ru": "Казахстан", "kk": "Қазақстан"}, bbox=BoundingBox(46.5, 40.6, 87.3, 55.4)),
        ),
        temporal=(Period(start="2026-01-01", end="2026-12-31"),),
        provenance={"ru": "Расчёт по данным регистра населения."},
        version="2026.1",
        version_notes={"en": "Twelve regions"},
        landing_page="https://portal.example.kz/population",
        language=("http://publications.europa.eu/resource/authority/language/KAZ",),
        identifier="population",
        responsibility=Responsibility(
            owner="Bureau", steward="A. Steward", legal_basis={"ru": "Закон «О государственной статистике»"}
        ),
        distribution=(
            Distribution(
                id="csv",
                title={"en": "Population table", "ru": "Таблица населения", "kk": "Халық кестесі"},
                format="CSV",
                media_type="text/csv",
                download_url="https://portal.example.kz/file",
                license=KZ,
                table_schema=TableSchema(
                    fields=(
                        Field(
                            name="region",
                            type="string",
                            title={"en": "Region code (ISO 3166-2)"},
                            categories=(Category(value="KZ-10", label={"kk": "Абай облысы"}),),
                        ),
                        Field(name="name", type="string", title={"ru": "Название области"}),
                        Field(name="population", type="integer", unit="persons"),
                        Field(name="area_km2", type="number", unit="thousand km²"),
                    )
                ),
            ),
            Distribution(
                id="api", title={"en": "API"}, access_url="https://portal.example.kz/api/population", format="JSON", license=KZ
            ),
        ),
        ml=MLProfile(
            domain="demography",
            data_type="table",
            tasks=("regression",),
            build_year="2026",
            splits=SplitRecipe(ratios={"train": 0.8, "test": 0.2}),
            annotation=Annotation(
                labelling_type="none",
                labelling_format="CSV",
                keys=({"key": "region", "type": "string", "required": "yes", "meaning": "code"},),
            ),
            model_cards=(
                ModelCard(
                    name="Baseline",
                    task="regression",
                    description={"en": "A linear model."},
                    metrics=(Metric(name="MAE", value=0.12, split="test"),),
                    seed=7,
                ),
            ),
        ),
    )


def temperature() -> Dataset:
    """Return an open dataset only in Russian whose table has errors, and which is late."""
    return Dataset(
        name="air-temperature",
        title={"ru": "Температура воздуха по станциям"},
        publisher=BUREAU,
        modified="2026-01-05",
        description={"ru": "Суточная температура воздуха. <script>alert(1)</script> Измерения станций."},
        accrual_periodicity="http://publications.europa.eu/resource/authority/frequency/DAILY",
        spatial=(Place(bbox=BoundingBox(8.0, 54.5, 12.7, 57.8)),),
        distribution=(
            Distribution(
                id="readings",
                title={"ru": "Показания"},
                format="CSV",
                media_type="text/csv",
                download_url="https://portal.example.kz/r.csv",
                license=KZ,
                table_schema=TableSchema(
                    fields=(
                        Field(name="station", type="string"),
                        Field(name="date", type="date"),
                        Field(name="temperature", type="number"),
                    )
                ),
            ),
        ),
    )


def health() -> Dataset:
    """Return a dataset for residents only, in Korean."""
    return Dataset(
        name="health-checkups",
        title={"ko": "건강 검진 데이터"},
        description={"ko": "전국 건강 검진 결과입니다."},
        publisher=HEALTH,
        modified="2026-06",
        access=AccessRule(
            level=AccessLevel.RESIDENTS,
            eligibility={"ko": "내국인만 신청할 수 있습니다.", "en": "Residents of Korea may ask."},
            decision_days=10,
            purposes=("research",),
            duties=(Duty(action="attribute"), Duty(action="delete-after", value="P1Y")),
        ),
        distribution=(
            Distribution(
                id="zip",
                title={"ko": "원천 데이터"},
                format="ZIP",
                path="1.데이터/원천.zip",
                size_text="3 GB",
                download_url="https://aihub.example/zip",
                table_schema=TableSchema(fields=(Field(name="secret_column"),)),
            ),
        ),
    )


def measurements(name: str, *distributions: str) -> Dataset:
    """Return an open dataset whose files have odd shapes."""
    files = tuple(
        Distribution(id=one, format="CSV", license=KZ, download_url=f"https://portal.example.kz/{one}") for one in distributions
    )
    return Dataset(name=name, title={"en": name.replace("-", " ").capitalize()}, modified="2026-01-01", distribution=files)


def photos() -> Dataset:
    """Return a dataset of which nothing but the description is known."""
    return Dataset(name="photos", title={"und": "Photos of bridges"})


def withdrawn() -> Dataset:
    """Return the dataset that is withdrawn later."""
    return Dataset(name="old-register", title={"en": "Old register"}, publisher=BUREAU, description={"en": "Was replaced."})


def _ended(run: object, state: RunState, counts: Counts, problems: int) -> object:
    from dataclasses import replace

    ended = datetime(2026, 11, 22, 3, 5, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return replace(run, state=state, counts=counts, problems=problems, finished=ended)  # type: ignore[type-var]
