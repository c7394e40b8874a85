"""Turn bytes into the CRC-16/ARC that LAME's tag wants (polynomial 0x8005, reflected, begins with 0).

The checksum is linear: what a byte contributes depends on its value and on how many bytes follow it, and all
contributions are XORed. So many bytes are summed at once by a table, and the sums of two parts can be joined.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

ROW = 1024
"""Bytes that ``crc16_of_many`` sums at once."""


def _entry(value: int) -> int:
    for _ in range(8):
        value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


_TABLE = tuple(_entry(value) for value in range(256))


def crc16(content: bytes, crc: int = 0) -> int:
    """The checksum of a few bytes, going on from ``crc``."""
    for byte in content:
        crc = crc >> 8 ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc


def crc16_joined(first: int, second: int, size: int) -> int:
    """The checksum of two parts one after the other, of which the second is ``size`` bytes long."""
    for step in _steps():
        if not size:
            return first ^ second
        if size & 1:
            first = _times(step, first)
        size >>= 1
    raise ValueError("more bytes than a file has")


@lru_cache(maxsize=1)
def _steps() -> tuple[tuple[int, ...], ...]:
    """What 1, 2, 4, 8 ... bytes of zeros do to a checksum, as matrices of bits."""
    step = tuple(crc16(b"\0", 1 << bit) for bit in range(16))
    steps = [step]
    for _ in range(47):
        step = tuple(_times(step, column) for column in step)
        steps.append(step)
    return tuple(steps)


def _times(matrix: tuple[int, ...], vector: int) -> int:
    """A matrix of bits, given by its columns, times a vector of bits."""
    product = 0
    for bit, column in enumerate(matrix):
        if vector >> bit & 1:
            product ^= column
    return product


def crc16_of_many(content: bytes) -> int:
    """The checksum of many bytes; for worker processes, since it needs an array library."""
    import numpy as np

    table = _contributions()
    # Zeros in front contribute nothing.
    padded = bytes(-len(content) % ROW) + content
    rows = np.frombuffer(padded, np.uint8).reshape(-1, ROW)
    sums = np.bitwise_xor.reduce(table[np.arange(ROW), rows], axis=1).tolist()
    low, high = table[0].tolist(), table[1].tolist()
    crc = 0
    for row in sums:
        crc = row ^ low[crc & 0xFF] ^ high[crc >> 8]
    return int(crc)


@lru_cache(maxsize=1)
def _contributions() -> npt.NDArray[np.uint16]:
    """What a byte contributes: one row for each place in a ROW, one column for each value."""
    import numpy as np

    single = np.array(_TABLE, np.uint16)
    table = np.empty((ROW, 256), np.uint16)
    table[-1] = single
    for place in range(ROW - 2, -1, -1):
        table[place] = table[place + 1] >> 8 ^ single[table[place + 1] & 0xFF]
    return table
