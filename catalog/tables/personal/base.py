"""What a kind of personal number or address is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy
import polars

from catalog.tables.personal.signs import Mask, Signs, signs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """`pattern` finds one (its first group) in a text; `shaped` tells which may be true, `true` which of these are.

    Both take code points (n × longest, 0 where a text is shorter; letters are capitals); `texts` decides instead of them from
    the texts. `hint` is the cheap pattern that every text with one matches, and few others. By chance `luck` of the shaped
    ones seem true, and `chance` of all that have the form. `named` matches labels of such columns: of what is true `share` is
    then enough. `proof` is whether what is true needs no such label, `labelled` whether nothing is told without one.
    What is not `personal` by itself never blocks.
    """

    name: str
    kind: str
    pattern: str
    hint: str
    named: str
    luck: float = 0.0
    chance: float = 1.0
    share: float = 0.01
    proof: bool = True
    labelled: bool = False
    personal: bool = True
    digits: int = 0
    shaped: Callable[[Signs], Mask] = lambda signs: numpy.ones(len(signs), bool)
    true: Callable[[Signs], Mask] = lambda signs: numpy.ones(len(signs), bool)
    texts: Callable[[polars.Series], Mask] | None = None

    def told(self, texts: polars.Series) -> tuple[Mask, Mask]:
        """Tell which texts of its form may be true, and which are."""
        if self.texts is not None:
            return numpy.ones(len(texts), bool), self.texts(texts)
        signs = signs_of(texts)
        shaped = self.shaped(signs)
        return shaped, shaped & self.true(signs)


@dataclass(frozen=True, slots=True)
class Kinds:
    """What one plug-in file offers."""

    name: str
    identifiers: tuple[Identifier, ...]


def whole(pattern: str) -> str:
    """Return a pattern for what stands apart from other letters and digits."""
    return f"(?:^|[^0-9A-Za-z])({pattern})(?:$|[^0-9A-Za-z])"
