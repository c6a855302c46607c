"""What goes wrong in the catalogue: whole sentences that tell the reader what to do, with the data in attributes."""

from collections.abc import Iterable, Sequence

from schemas.problems import Problem


class CatalogError(Exception):
    """Anything the catalogue refuses to do."""


class NotFound(CatalogError):
    """There is no such thing, or not for this reader."""


class Gone(CatalogError):
    """The dataset was withdrawn; its tombstone is `record`."""

    def __init__(self, message: str, record: object) -> None:
        super().__init__(message)
        self.record = record


class Denied(CatalogError):
    """The reader may know of the thing but not do this; `reason` is the code of the rule."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class Invalid(CatalogError):
    """What was given is wrong; `problems` says everything that is."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)

    @classmethod
    def at(cls, field: str, words: str) -> "Invalid":
        """Return the error of one field of a form."""
        return cls(words, failed([(False, field, words)]))


def failed(checks: Iterable[tuple[object, str, str]]) -> list[Problem]:
    """Return a Problem for each check of a form that does not hold: whether it holds, its field, what to do."""
    return [Problem(f"bad-{field}", f"/{field}", words) for holds, field, words in checks if not holds]


class Conflict(CatalogError):
    """Somebody changed the thing meanwhile; `present` is how it stands now, so that both versions can be shown."""

    def __init__(self, message: str, present: object = None) -> None:
        super().__init__(message)
        self.present = present


class KeyReused(CatalogError):
    """A key that names a request was used for another request before."""


class TooLarge(CatalogError):
    """More bytes than are taken."""


class NoRoom(CatalogError):
    """The disk is full; nothing was changed."""


class SettingsError(CatalogError):
    """Settings that cannot work, all of them at once."""


class IndexUnavailable(CatalogError):
    """The search index cannot be opened; it is rebuilt by `qoima index rebuild`."""


class IndexBusy(IndexUnavailable):
    """Somebody else writes the search index just now; what was to be written stays queued."""


class Busy(CatalogError):
    """Too much is asked at once just now; the same may be asked again a little later."""


class Unauthenticated(CatalogError):
    """Nobody is signed in, or what was shown as proof does not hold."""


class Throttled(CatalogError):
    """Too many tries; `seconds` tells how long to wait."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
