"""The values of one facet over all documents of a snapshot, made for counting them."""

from bisect import bisect_left
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from catalog.adapters.whoosh_index.blocks import Ints

Mask = NDArray[np.bool_]
_LAYERS = 3
_CODE_BITS = 32
_CODES = (1 << _CODE_BITS) - 1


class Column:
    """Pairs of document and value, in the order of documents; a code is the place of a value in alphabetical order."""

    def __init__(self, owners: Ints, values: Ints, size: int, names: list[str]) -> None:
        order = sorted(range(len(names)), key=names.__getitem__)
        code = np.empty(len(names), np.int32)
        code[order] = np.arange(len(names), dtype=np.int32)
        self._owners, self._codes, self._size = owners, code[values], size
        self._names = np.empty(len(names), np.object_)
        self._names[:] = [names[place] for place in order]

    def carriers(self, values: tuple[str, ...]) -> Mask:
        """Mark the documents that carry any of the values."""
        mask = np.zeros(self._size, np.bool_)
        for value in values:
            place = bisect_left(self._names, value)
            if place < len(self._names) and self._names[place] == value:
                mask[self._owners[self._codes == place]] = True
        return mask

    def table(self, ids: Ints) -> dict[str, int]:
        """Count the values of some documents, the most frequent first, those alike by name."""
        counts = np.bincount(self._of(ids), minlength=len(self._names))[: len(self._names)]
        codes = np.flatnonzero(counts)
        ranked = np.sort(codes - (counts[codes] << _CODE_BITS))
        return dict(zip(self._names[ranked & _CODES].tolist(), (-(ranked >> _CODE_BITS)).tolist(), strict=True))

    def _of(self, ids: Ints) -> Ints:
        if len(ids) == self._size:
            return self._codes
        layers, (owners, codes) = self._laid
        parts = [layer[ids] for layer in layers]
        if len(owners):
            chosen = np.zeros(self._size, np.bool_)
            chosen[ids] = True
            parts.append(codes[chosen[owners]])
        return parts[0] if len(parts) == 1 else np.concatenate(parts or [self._codes])

    @cached_property
    def _laid(self) -> tuple[list[Ints], tuple[Ints, Ints]]:
        """The first value of each document, the second, the third (one code more than there are: none), and pairs of the rest."""
        nth = np.arange(len(self._owners)) - np.searchsorted(self._owners, self._owners)
        layers = [np.full(self._size, len(self._names), np.int32) for _ in range(min(int(nth.max(initial=-1)) + 1, _LAYERS))]
        for place, layer in enumerate(layers):
            layer[self._owners[nth == place]] = self._codes[nth == place]
        return layers, (self._owners[nth >= _LAYERS], self._codes[nth >= _LAYERS])
