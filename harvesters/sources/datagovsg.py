"""data.gov.sg (Singapore): datasets, collections and column metadata of the v2 API, files by initiate and poll.

Its answers follow the documented shape, not a recorded answer; recorded are only cut excerpts of collections and metadata.
The older form (`form=ckan`: the package list and each package, until 2023) follows recorded answers.
"""

import re
import time
from collections.abc import Callable, Iterator

from harvesters.base import Checkpoint, Fetching, HarvestRecord, Option
from harvesters.datagovsg.answers import IDENTIFIER, Refused, data_of
from harvesters.datagovsg.packages import packages
from harvesters.datagovsg.v2 import datasets
from harvesters.http.errors import FetchError
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Problem

WAITS = (1, 2, 4, 8, 8, 8, 8, 8, 8)
"""Seconds between the questions whether a file is ready; links live for an hour."""


class DataGovSg:
    """One record per dataset: its list entry, its metadata and its collections. `source.url` is the host of the v2 API."""

    name = "datagovsg"
    title = "data.gov.sg (Singapore, v2 API)"
    incremental = False
    options = (
        Option(name="downloads", title="Address of the download API, where it is another host"),
        Option(name="rows", title="Address of the site with the rows service and the pages, where it is another host"),
        Option(name="form", title="v2, or ckan for the older Action API", default="v2"),
    )

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep

    def records(self, fetching: Fetching) -> Iterator[HarvestRecord | Checkpoint | Problem]:
        """Yield the datasets; the token is the number of the last page (of packages: the last one) that is done."""
        done = int(fetching.resume) if re.fullmatch(r"\d{1,6}", fetching.resume, re.ASCII) else 0
        form = packages if fetching.option("form") == "ckan" else datasets
        try:
            yield from form(fetching, done)
        except Refused as refusal:
            yield Problem("refused", "", f"{refusal} The harvest ended there; check the address of the source and try again.")

    def file_url(self, fetching: Fetching, dataset: Dataset, distribution: Distribution) -> str:
        """Ask for the file and return its presigned link, which lives for an hour; only CSV files must be asked for.

        Files of the older form have a link of their own.
        Raises FetchError when the portal refuses, or does not have the file ready in time.
        """
        if distribution.download_url or not IDENTIFIER.fullmatch(dataset.identifier):
            return distribution.download_url
        base = fetching.option("downloads") or fetching.source.url
        root = f"{base.rstrip('/')}/v1/public/api/datasets/{dataset.identifier}"
        try:
            if distribution.format == "CSV":
                data_of(fetching, f"{root}/initiate-download")
            return self._polled(fetching, f"{root}/poll-download")
        except Refused as refusal:
            raise FetchError("refused", f"The portal does not give the file. {refusal}") from None

    def _polled(self, fetching: Fetching, url: str) -> str:
        for wait in (*WAITS, 0):
            link = data_of(fetching, url).get("url")
            if isinstance(link, str) and link.startswith(("https://", "http://")):
                return link
            if wait:
                self._sleep(wait)
        raise FetchError("not-ready", f"The portal did not have the file ready after {sum(WAITS)} seconds; harvest again later.")


SOURCE = DataGovSg()
