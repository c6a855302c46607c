"""What people write who miss data, and what agencies answer them: the same bounds for pages and API, all Problems at once."""

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from schemas.forms.rules import text_rules
from schemas.problems import Problem
from schemas.texts import INTERFACE_LANGUAGES
from schemas.vocabularies import vocabulary

ANSWERS = ("promised", "published", "refused")
"""What an agency may answer."""
REASON = 200
"""Characters of the reason for hiding a request at most."""


class Words(fields.String):
    """Words of people, cleaned, of so many characters."""

    def __init__(self, least: int, most: int, error: str, **more: Any) -> None:
        super().__init__(
            required=bool(least), validate=validate.Length(least, most, error=error),
            error_messages={"required": error, "invalid": error, "null": error}, **more,
        )  # fmt: skip

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> Any:
        return text_rules(super()._deserialize(value, attr, data, **more))


class WantedForm(Schema):
    """A request for data that nobody has published yet."""

    class Meta:
        unknown = RAISE

    title = Words(10, 150, "Name the data in a title of 10 to 150 characters.")
    purpose = Words(30, 2000, "Say in 30 to 2,000 characters what you need the data for.")
    description = Words(
        0, 4000, "Describe the data in at most 4,000 characters.", load_default="",
        metadata={"description": "Columns, places, times, formats: what the data should hold"},
    )  # fmt: skip
    agency = Words(0, 100, "Choose an agency of the list, or none.", load_default="")
    language = fields.String(
        load_default="en", validate=validate.OneOf(INTERFACE_LANGUAGES, error="Choose the language in which you wrote."),
        metadata={"description": "The language of these words"},
    )  # fmt: skip


class WantedAnswer(Schema):
    """The answer of the agency: a day, a dataset, or a ground with a sentence."""

    class Meta:
        unknown = RAISE

    state = fields.String(required=True, validate=validate.OneOf(ANSWERS, error="Choose what you answer."))
    due = Words(0, 10, "Give a day, such as 2027-06-30.", load_default="", metadata={"description": "Day of a promise"})
    dataset = Words(0, 500, "Give the name or the address of a public dataset.", load_default="")
    ground = fields.String(
        load_default="",
        validate=validate.OneOf(["", *(term.code for term in vocabulary("refusal_grounds"))], error="Choose a ground."),
    )
    answer = Words(0, 1000, "Write at most 1,000 characters.", load_default="")


def read(form: Schema, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Return what a form says, as far as it is right, and what is wrong with it."""
    try:
        loaded: dict[str, Any] = form.load(given)
    except ValidationError as error:
        wrong = error.messages if isinstance(error.messages, dict) else {"": error.messages}
        right = error.valid_data if isinstance(error.valid_data, dict) else {}
        return right, [Problem(f"bad-{name}", f"/{name}", " ".join(map(str, said))) for name, said in wrong.items()]
    return loaded, []
