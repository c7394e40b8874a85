"""Turn the many values of a long book into a CompressedSequence, a tenth of their size until they are iterated."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar, cast

Value = TypeVar("Value")

PACK = 64
"""Values that are compressed together: enough to have much in common, few enough to be decompressed at once."""


class CompressedSequence(Collection[Value], Generic[Value]):
    """Values in their order, which can be iterated any number of times. It never leaves this program's own processes,
    since it is read with pickle.
    """

    def __init__(self, values: Iterable[Value]) -> None:
        """Compress ``values``, which can be pickled."""
        self._packs: list[bytes] = []
        self._count = 0
        waiting = iter(values)
        while pack := tuple(islice(waiting, PACK)):
            self._packs.append(compress(pack))
            self._count += len(pack)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Value]:
        for pack in self._packs:
            yield from cast(tuple[Value, ...], decompress(pack))

    def __contains__(self, value: object) -> bool:
        return any(value == member for member in self)


def compress(value: object) -> bytes:
    """A value, pickled and compressed."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def decompress(content: bytes) -> object:
    """The value that ``compress`` turned into ``content``."""
    return pickle.loads(zlib.decompress(content))
