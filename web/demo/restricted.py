"""What the demo's own agency does not give to everybody: one dataset on request by residents, one for residents."""

from importlib.resources import files
from io import BytesIO
from typing import Any

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from catalog.submitting.submission import Submission
from web.demo.people import AGENCY, TITLE

ON_REQUEST, FOR_RESIDENTS = "household-water-readings", "flood-depths"
_CHAIN = {
    "owner": "Water desk", "steward": "Data office", "quality_officer": "Data office",
    "legal_basis": {"en": "Statistics Act of the demo"},
}  # fmt: skip
_LICENCE = "http://creativecommons.org/licenses/by/4.0/"
DATASETS: dict[str, tuple[str, dict[str, Any]]] = {
    ON_REQUEST: ("meter_readings", {
        "title": {
            "en": "Water readings of households", "ru": "Показания водомеров домохозяйств",
            "kk": "Үй шаруашылықтарының су есептегіштері",
        },
        "description": {"en": "Monthly readings of water meters, without names and addresses, for the study of demand."},
        "keyword": {"en": ["water", "households", "meters"]},
        "access": {
            "level": "on-request", "audience": ["residents"], "purposes": ["research", "public-service"],
            "duties": [{"action": "attribute"}, {"action": "no-redistribution"}], "decision_days": 10,
            "eligibility": {"en": "Residents who do research or work for a public service."},
            "reason": {"en": "Readings of few households could be recognised."},
        },
    }),
    FOR_RESIDENTS: ("flood_depths", {
        "title": {
            "en": "Depths of floods by cell", "ru": "Глубины затопления по ячейкам", "kk": "Ұяшықтар бойынша су басу тереңдігі",
        },
        "description": {"en": "Depth of water in each cell of the grid at floods of 10, 50 and 100 years."},
        "keyword": {"en": ["floods", "water"]},
        "access": {"level": "residents", "eligibility": {"en": "Residents, to look after their homes."}},
    }),
}  # fmt: skip


def ensure_restricted(catalog: Catalog) -> None:
    """Publish what is not there yet; nothing in production."""
    if catalog.settings.environment == "production":
        return
    with catalog.store.read() as work:
        missing = set(DATASETS) - work.datasets.get_many(list(DATASETS)).keys()
    for name in DATASETS:
        if name in missing:
            _publish(catalog, name, *DATASETS[name])
    catalog.croissants.check_waiting()


def _publish(catalog: Catalog, name: str, table: str, words: dict[str, Any]) -> None:
    body = (files("web.demo") / "data" / "agency" / f"{table}.csv").read_bytes()
    document = {
        "name": name, "publisher": {"name": AGENCY, "title": {"en": TITLE}}, "responsibility": _CHAIN, "modified": "2026-11-02",
        "contact_point": [{"name": {"en": "Water desk"}, "email": "water@demo.example.kz"}],
        "distribution": [{"id": table, "title": {"en": words["title"]["en"]}, "license": _LICENCE, "format": "CSV"}], **words,
    }  # fmt: skip
    upload = catalog.uploads.receive(BytesIO(body), f"{table}.csv")
    catalog.submissions.publish(SYSTEM, Submission(document=document, uploads={table: upload}))
    catalog.submissions.follow(name)
