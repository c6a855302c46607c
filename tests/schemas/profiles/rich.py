"""A dataset that has a value in every property that DCAT-AP profiles write."""

from schemas.access import AccessLevel, AccessRule, Duty
from schemas.agents import Agency, ContactPoint, Contributor, Responsibility
from schemas.coverage import BoundingBox, Period, Place
from schemas.dataset import Dataset, DatasetSeries
from schemas.distribution import Checksum, DataService, Distribution
from schemas.ml import MLProfile
from schemas.table import Field, TableSchema


def rich_dataset() -> Dataset:
    """Return the dataset."""
    return Dataset(
        name="air",
        identifier="x-1",
        uri="http://other.org/d/1",
        title={"en": "Air", "kk": "Ауа", "zh-Hant": "空"},
        description={"en": "D", "und": "plain"},
        purpose={"ru": "цель"},
        keyword={"en": ("z", "a"), "ru": ("в", "б")},
        theme=(
            "http://publications.europa.eu/resource/authority/data-theme/TRAN",
            "http://publications.europa.eu/resource/authority/data-theme/ENVI",
        ),
        publisher=Agency(
            name="min",
            title={"en": "Ministry"},
            homepage="https://m.kz",
            email="a@m.kz",
            telephone="+7 701",
            type="national",
            country="KZ",
            parent="gov",
        ),
        contributor=(
            Contributor(name={"en": "Z"}, role="labeller", url="http://z.org", email="z@z.z"),
            Contributor(name={"en": "A"}, role="creator"),
        ),
        contact_point=(
            ContactPoint(name={"en": "Zed"}, email="z@k.kz", telephone="+7 (701) 2", url="http://u.kz", hours={"en": "9-18"}),
            ContactPoint(name={"en": "Al"}),
        ),
        issued="2020",
        modified="2021-02-03T04:05:06Z",
        accrual_periodicity="http://publications.europa.eu/resource/authority/frequency/DAILY",
        language=(
            "http://publications.europa.eu/resource/authority/language/RUS",
            "http://publications.europa.eu/resource/authority/language/KAZ",
        ),
        temporal=(Period(start="2020-01", end="2021"), Period(start="2019")),
        temporal_resolution="P1D",
        spatial=(
            Place(
                uri="http://publications.europa.eu/resource/authority/country/KAZ",
                name={"en": "Kazakhstan"},
                bbox=BoundingBox(170.5, -10.25, -170.125, 20),
            ),
            Place(name={"en": "X"}, geometry="POINT(1 2)"),
        ),
        spatial_resolution_in_meters=30.5,
        landing_page="http://l.kz/a",
        page=("http://p.kz/2", "http://p.kz/1"),
        conforms_to=("http://s.org/1", "GOST 7"),
        provenance={"en": "prov"},
        source=("http://src.org",),
        version="1.0",
        version_notes={"en": "n"},
        in_series=(DatasetSeries(identifier="ser 1", title={"en": "S"}, description={"en": "SD"}),),
        other_identifier=("doi:1", "abc"),
        is_referenced_by=("https://doi.org/1",),
        applicable_legislation=("http://data.europa.eu/eli/reg_impl/2023/138/oj",),
        hvd_category=("http://data.europa.eu/bna/c_ac64a52d",),
        rights={"en": "r"},
        license_asserted=True,
        distribution=(
            Distribution(
                id="b",
                title={"en": "B"},
                access_url="http://a/b",
                download_url="http://a/b.csv",
                path="b.csv",
                format="CSV",
                media_type="text/csv",
                byte_size=12,
                size_text="12 B",
                checksum=Checksum(algorithm="sha256", value="ab" * 32),
                license="http://creativecommons.org/publicdomain/zero/1.0/",
                rights={"en": "x"},
                issued="2020",
                modified="2020-01-02",
                language=("http://publications.europa.eu/resource/authority/language/KAZ",),
                conforms_to=("http://s",),
                availability="STABLE",
                status="http://x/y",
                compress_format="application/gzip",
                package_format="application/zip",
                access_service=DataService(title={"en": "api"}, endpoint_url="http://api/", conforms_to=("http://o",)),
                encoding="utf-8",
                dialect={"delimiter": ";"},
                table_schema=TableSchema(fields=(Field(name="a", type="integer"),)),
                raw={"k": [1, 2]},
            ),
            Distribution(id="a", format="JSONL"),
        ),
        service=(DataService(title={"en": "S"}, endpoint_url="http://e/", endpoint_description="http://e/d"),),
        access=AccessRule(
            level=AccessLevel.ON_REQUEST,
            purposes=("z", "a"),
            audience=("u",),
            duties=(Duty(action="attribute"), Duty(action="delete-after", value="P1Y")),
            embargo="2025-01-01",
            count=3,
        ),
        responsibility=Responsibility(owner="o", legal_basis={"en": "law"}),
        ml=MLProfile(domain="d", tasks=("t",), responsible_ai={"dataBiases": {"en": "b"}}),
        raw={"a": {"b": [1, {"c": None}]}},
    )
