"""Portals that are known by name, so that `qoima source add data.gov.uk` is enough."""

from catalog.harvests.records import HarvestSource

PRESETS = {
    source.name: source
    for source in (
        HarvestSource(
            name="data.gov.uk", kind="ckan", url="https://ckan.publishing.service.gov.uk", title="data.gov.uk", language="en",
            files="link", schedule="0 2 * * *",
        ),
        HarvestSource(
            name="data.gov.sg", kind="datagovsg", url="https://api-production.data.gov.sg", title="data.gov.sg", language="en",
            license="https://data.gov.sg/open-data-licence", options={"downloads": "https://api-open.data.gov.sg", "rows": "https://data.gov.sg"},
            secret_name="DATAGOVSG", schedule="0 3 * * *",
        ),
        HarvestSource(
            name="dmi.dk", kind="dmi", url="https://opendataapi.dmi.dk", title="DMI Open Data", agency="dmi", language="en",
            license="http://creativecommons.org/licenses/by/4.0/", schedule="0 4 * * *",
        ),
        HarvestSource(
            name="aihub.or.kr", kind="aihub", url="https://api.aihub.or.kr", title="AI Hub", agency="aihub", language="ko",
            files="link", options={"rate": "1"}, secret_name="AIHUB", schedule="0 5 * * 0",
        ),
        HarvestSource(
            name="data.egov.kz", kind="egovkz", url="https://data.egov.kz", title="data.egov.kz", language="ru",
            options={"rate": "1"}, secret_name="EGOVKZ", schedule="0 1 * * *",
        ),
    )
}  # fmt: skip
