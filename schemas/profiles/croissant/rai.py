"""Responsible-AI statements under the names of Croissant RAI 1.0, each in one language: mlcroissant refuses language maps there.

Where the specification and mlcroissant disagree on a name or on how many values there are, the name is that of the
specification and the value is one.
"""

import re
from collections.abc import Mapping
from typing import Any

from schemas.texts import Text, pick

ONE = frozenset({
    "dataCollection", "dataCollectionMissingData", "dataCollectionRawData", "dataImputationProtocol",
    "dataManipulationProtocol", "annotationsPerItem", "dataSocialImpact", "dataAnnotationProtocol",
    "dataReleaseMaintenancePlan",
})  # fmt: skip
MANY = frozenset({
    "dataCollectionType", "dataCollectionTimeframe", "dataPreprocessingProtocol", "dataAnnotationPlatform",
    "dataAnnotationAnalysis", "annotatorDemographics", "machineAnnotationTools", "dataBiases", "dataUseCases",
    "dataLimitations", "personalSensitiveInformation",
})  # fmt: skip
TIMEFRAME = "dataCollectionTimeframe"
_SPELLED = {
    "dataCollectionTimeFrame": TIMEFRAME,
    "dataDataManipulationProtocol": "dataManipulationProtocol",
}
"""Names of the library, and those of the specification."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[0-9:.]+Z?)?")


def statements(given: Mapping[str, Text], language: str) -> dict[str, Any]:
    """Return the `rai:` properties; a property of several values has one for each line of its text."""
    made: dict[str, Any] = {}
    for key, text in given.items():
        name, words = _SPELLED.get(key, key), pick(text, language).words.strip()
        if words and name in ONE | MANY:
            made[f"rai:{name}"] = _values(name, words)
    return made


def _values(name: str, words: str) -> Any:
    if name in ONE:
        return words
    dates = _DATE.findall(words) if name == TIMEFRAME else []
    return dates or [line.strip() for line in words.splitlines() if line.strip()]
