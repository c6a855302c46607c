"""Machine learning, an optional step: task, target, splits, a model, and statements of responsible use."""

from collections.abc import Mapping
from typing import Any

from web.forms.asking import asked
from web.forms.base import Step, StepForm
from web.forms.fields import Numbers
from web.sentences import N_

TASKS = (
    ("classification", N_("Classification: put each row into a class")),
    ("regression", N_("Regression: foretell a number")),
    ("forecasting", N_("Forecasting: foretell a series")),
    ("clustering", N_("Clustering: find groups")),
    ("text", N_("Work with texts")),
    ("image", N_("Work with pictures")),
)
SPLITS = ("train", "validation", "test")


def _share(words: str) -> Any:
    return asked("", words, kind=Numbers, folded=True)


class MachineLearning(StepForm):
    """What a developer of models must know."""

    tasks = asked("ml/tasks", N_("What the data can be used to learn"), choices=lambda language: TASKS)
    target = asked("ml/target", N_("Column that is to be foretold"), N_("Its name as it stands in the file."))
    train = _share(N_("Share of rows to train on, percent"))
    validation = _share(N_("Share of rows to validate on, percent"))
    test = _share(N_("Share of rows to test on, percent"))
    key = asked(
        "ml/splits/key", N_("Columns that name a row"), N_("One a line; rows keep their place by them when the file grows."),
        folded=True,
    )  # fmt: skip
    model = asked("ml/model_cards/0/name", N_("Name of a model that was made with the data"), folded=True)
    about = asked("ml/model_cards/0/description", N_("What the model does and how well"), long=True, folded=True)
    code = asked("ml/model_cards/0/code_url", N_("Address of its code"), folded=True)
    biases = asked(
        "ml/responsible_ai/dataBiases", N_("Known biases"), N_("Who or what is seen too much or too little."), long=True
    )
    limits = asked("ml/responsible_ai/dataLimitations", N_("What the data should not be used for"), long=True)
    collection = asked("ml/responsible_ai/dataCollection", N_("How the data were gathered"), long=True, folded=True)
    persons = asked(
        "ml/responsible_ai/personalSensitiveInformation", N_("Data of persons, and how they are protected"), long=True,
        folded=True,
    )  # fmt: skip

    @classmethod
    def answers(cls, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answers of a document, shares of rows in percent."""
        ratios = ((document.get("ml") or {}).get("splits") or {}).get("ratios") or {}
        return super().answers(document) | {name: _percent(ratios[name]) for name in SPLITS if name in ratios}

    def part(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return the machine-learning part; without shares there are no splits."""
        ml = super().part(document).get("ml") or {}
        before = ((document.get("ml") or {}).get("splits") or {}).get("ratios") or {}
        others = {name: ratio for name, ratio in before.items() if name not in SPLITS}
        if any(self[name].errors for name in SPLITS):
            ratios = before
        else:
            shares = {name: self[name].data for name in SPLITS if self[name].data not in (None, 0)}
            ratios = others | {name: round(share / 100, 6) for name, share in shares.items()}
        splits = {**(ml.get("splits") or {}), "ratios": ratios} if ratios else None
        return {"ml": {key: told for key, told in {**ml, "splits": splits}.items() if told not in (None, {}, [])} or None}


def _percent(ratio: float) -> int | float:
    return int(share) if (share := round(ratio * 100, 4)).is_integer() else share


STEP = Step(
    name="machine-learning", order=70, title=N_("Machine learning"), form=MachineLearning, optional=True,
    lead=N_("Leave this out where nobody will train models with the data."),
)  # fmt: skip
