"""A request for data that nobody has published yet, and which of them a listing is about."""

from dataclasses import dataclass
from enum import StrEnum


class WantedState(StrEnum):
    """Where a request stands. An agency may answer anew; only what is not answered can be taken back."""

    OPEN = "open"
    PROMISED = "promised"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


WAITING = (WantedState.OPEN, WantedState.PROMISED)
"""The states in which something is still to come, and in which people vote."""
LATE, HIDDEN, NO_AGENCY = "late", "hidden", "-"
SHOWN = (*(state.value for state in WantedState if state is not WantedState.WITHDRAWN), LATE)
"""What listings are narrowed to beside a state or an agency: what is overdue, what was hidden, what is addressed to none.

SHOWN are the states that everybody may ask for."""


class Order(StrEnum):
    """How a listing is ordered."""

    VOTES = "votes"
    NEWEST = "newest"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Somebody's request for data, in the words of `language`.

    `due` is the day by which the agency answers, then the day that it promised. `dataset`, `ground` and `answer` are its answer.
    `hidden` is why a steward took the request from view, empty for none; `reminded` is the day of the last reminder; `words` are
    those of the title as they are compared.
    """

    id: str
    account: str
    title: str
    purpose: str
    language: str
    due: str
    created: str
    updated: str
    description: str = ""
    agency: str = ""
    state: WantedState = WantedState.OPEN
    dataset: str = ""
    ground: str = ""
    answer: str = ""
    hidden: str = ""
    reminded: str = ""
    words: tuple[str, ...] = ()
    revision: int = 1
    votes: int = 0

    @property
    def public(self) -> bool:
        """Tell whether everybody may read it."""
        return not self.hidden and self.state is not WantedState.WITHDRAWN

    def late(self, today: str) -> bool:
        """Tell whether an answer, or what was promised, is overdue."""
        return self.state in WAITING and self.due < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a listing is narrowed to: a state, LATE at `today` or HIDDEN, an agency or NO_AGENCY, and those that somebody made.

    Titles have one of each of `words`. Only one's own listing (`account`) and that of HIDDEN hold what is not public.
    """

    state: str = ""
    agency: str = ""
    account: str = ""
    since: str = ""
    today: str = ""
    words: tuple[tuple[str, ...], ...] = ()
