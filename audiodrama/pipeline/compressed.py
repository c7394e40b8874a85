"""Turn the many values of a long book into a CompressedSequence, a tenth of their size until they are asked for."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar, cast

Value = TypeVar("Value")

PACK = 64
"""Values in a pack: enough of them to have much in common, few enough to be unpacked at once."""


class CompressedSequence(Collection[Value], Generic[Value]):
    """Values in their order, to be gone through as often as need be. It never leaves this program's own processes."""

    def __init__(self, values: Iterable[Value]) -> None:
        """Pack ``values``, which can be pickled."""
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
        return any(value == each for each in self)


def compress(value: object) -> bytes:
    """A value in little room."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def decompress(content: bytes) -> object:
    """The value that ``compress`` made ``content`` of."""
    return pickle.loads(zlib.decompress(content))
