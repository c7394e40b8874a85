"""Turn an encoder's bytes into MP3 frames that can be joined, and a file of them into one that says how long it is.

MPEG-1 layer III at 44.1 kHz and constant 128 kbit/s, joint stereo, is all that is written here (ISO/IEC 11172-3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from audiodrama.errors import InternalError
from audiodrama.sound.master.crc16 import crc16
from audiodrama.sound.mpeg import BITRATE, ENCODER_DELAY, FRAME, RATE

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Bytes: TypeAlias = npt.NDArray[np.uint8]
    Numbers: TypeAlias = npt.NDArray[np.int64]

SINGLE_BITRATE = 112
"""kbit/s at which one channel is encoded that is then lifted: its frames' contents fit into those of a master."""

_KILOBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BYTES_A_KILOBIT = FRAME * 1000 // 8
"""Bytes of a frame at 1 kbit/s and one sample per second; a frame has that times its rate, divided by RATE."""
_HEADER = 4
"""Bytes of a frame's header."""
_SIDE_ONE, _SIDE_TWO = 17, 32
"""Bytes of side information for one channel and for two."""
_GRANULES_ONE, _GRANULES_TWO = 18, 20
"""Bits of it before the first granule, for one channel and for two."""
_GRANULE = 59
"""Bits of side information for one granule of one channel."""
_GAIN = slice(21, 29)
"""Those of them that are the global gain."""
_KIND = 33
"""The first of those that say what kind of block it is, behind the scale factors' sizes."""
_BACK_BITS = 9
"""Bits of the back reference, with which the side information begins."""
_SIZE_BITS = 12
"""Bits with which a granule's side information begins: how many bits its scale factors and Huffman codes have."""
_RESERVOIR = (1 << _BACK_BITS) - 1
"""Bytes that a frame's contents may begin before the frame."""
_JOINT_MIDDLE_SIDE = 0x60
"""Mode bits of a frame's fourth byte: joint stereo, middle and side."""


def frames(stream: bytes) -> list[bytes]:
    """The frames that ``stream`` consists of.

    Raises:
        InternalError: it holds bytes that are not an MPEG-1 layer III frame at 44.1 kHz.
    """
    split: list[bytes] = []
    at = 0
    while at < len(stream):
        header = stream[at : at + _HEADER]
        if len(header) < _HEADER or header[0] != 0xFF or header[1] & 0xFE != 0xFA or header[2] & 0x0C:
            raise InternalError(f"The MP3 encoder wrote something that is not a frame at byte {at}.")
        size = _BYTES_A_KILOBIT * _KILOBITS[header[2] >> 4] // RATE + (header[2] >> 1 & 1)
        split.append(stream[at : at + size])
        at += size
    if at != len(stream):
        raise InternalError("The MP3 encoder's last frame is not whole.")
    return split


class NoRoomError(InternalError):
    """The contents of frames do not fit into frames of BITRATE that may refer to nothing before the first one."""


@dataclass(frozen=True, slots=True)
class UnpackedFrames:
    """Frames of one channel or two, each with all that it is decoded from: none refers to the bytes of another."""

    heads: Bytes
    """Header and side information of each frame, shape (frames, 4 + 17) for one channel, (frames, 4 + 32) for two."""
    contents: list[bytes]
    """Scale factors and Huffman codes of each frame, wherever the encoder had put them."""

    def part(self, begin: int, end: int) -> UnpackedFrames:
        """The frames from ``begin`` to ``end``, exclusive, counted from 0."""
        return UnpackedFrames(self.heads[begin:end], self.contents[begin:end])

    def then(self, following: UnpackedFrames) -> UnpackedFrames:
        """These frames and behind them those of ``following``, which have as many channels."""
        import numpy as np

        return UnpackedFrames(np.concatenate((self.heads, following.heads)), self.contents + following.contents)


def unpack(stream: list[bytes], channels: int) -> UnpackedFrames:
    """Take frames apart, so that some of them can be packed again without the others.

    Args:
        stream: frames without CRC, the first of which refers to nothing before it.
        channels: 1 or 2.
    """
    import numpy as np

    side = _SIDE_ONE if channels == 1 else _SIDE_TWO
    heads = np.frombuffer(b"".join(frame[: _HEADER + side] for frame in stream), np.uint8).reshape(-1, _HEADER + side)
    sides = np.unpackbits(heads[:, _HEADER:], axis=1)
    # Before the granules: back reference 9 bits, private 5 or 3, sharing of scale factors 4 for each channel.
    first_granule = _GRANULES_ONE if channels == 1 else _GRANULES_TWO
    granules = range(first_granule, sides.shape[1], _GRANULE)
    bits = np.sum([_number(sides[:, at : at + _SIZE_BITS]) for at in granules], axis=0)
    source = b"".join(frame[_HEADER + side :] for frame in stream)
    areas = np.cumsum([0, *(len(frame) - _HEADER - side for frame in stream)])[:-1]
    begins = (areas - _number(sides[:, :_BACK_BITS])).tolist()
    sizes = ((bits + 7) // 8).tolist()
    return UnpackedFrames(heads, [source[at : at + size] for at, size in zip(begins, sizes, strict=True)])


def pack(unpacked: UnpackedFrames) -> bytes:
    """The frames at BITRATE in joint stereo, the first of which refers to nothing before it.

    Nothing is encoded again. One channel becomes the middle channel, (left + right) / sqrt 2, and the side channel is
    empty. Two steps of the global gain make up for the root: a step is a factor of 2 ** (1 / 4). The scale factors and
    the Huffman codes are the same bits as before, laid out again because the frames are of another size.

    Raises:
        NoRoomError: they do not fit.
        InternalError: a frame of one channel is too loud to be lifted.
    """
    import numpy as np

    contents, backs = _laid_out(unpacked.contents)
    heads = unpacked.heads
    sides = np.unpackbits(heads[:, _HEADER:], axis=1)
    if sides.shape[1] == 8 * _SIDE_ONE:
        return _woven(_lifted_heads(heads, sides, backs), contents)
    whole = heads.copy()
    whole[:, 2] = _rate_bits(len(whole))
    sides[:, :_BACK_BITS] = _back_bits(backs)
    whole[:, _HEADER:] = np.packbits(sides, axis=1)
    return _woven(whole.tobytes(), contents)


def _laid_out(contents: list[bytes]) -> tuple[bytearray, list[int]]:
    """What frames of BITRATE hold besides their heads, and the back reference of each in bytes.

    Each frame's contents begin as early as they may: behind those of the frame before, and no more than _RESERVOIR
    bytes before the frame.
    """
    out = bytearray()
    backs: list[int] = []
    area = used = 0
    for number, content in enumerate(contents):
        start = max(used, area - _RESERVOIR)
        used = start + len(content)
        room = _frame_size(number) - _HEADER - _SIDE_TWO
        if used > area + room:
            raise NoRoomError("An MP3 frame does not fit into one of a master.")
        if start > len(out):
            out.extend(bytes(start - len(out)))
        out += content
        backs.append(area - start)
        area += room
    out.extend(bytes(area - len(out)))
    return out, backs


def _rate_bits(count: int) -> Bytes:
    """The third bytes of the headers of ``count`` frames at BITRATE: its number, and which frames are padded."""
    import numpy as np

    padded = np.array([_frame_size(number) for number in range(count)]) - _BYTES_A_KILOBIT * BITRATE // RATE
    return (_KILOBITS.index(BITRATE) << 4 | padded << 1).astype(np.uint8)


def _back_bits(backs: list[int]) -> Bytes:
    """The nine bits of back references, shape (frames, 9)."""
    import numpy as np

    return (np.array(backs)[:, np.newaxis] >> np.arange(_BACK_BITS)[::-1] & 1).astype(np.uint8)


def _number(bits: Bytes) -> Numbers:
    """The numbers that rows of bits stand for, the first bit the largest."""
    import numpy as np

    return bits @ (1 << np.arange(bits.shape[1])[::-1])


def _lifted_heads(heads: Bytes, sides: Bytes, backs: list[int]) -> bytes:
    """Headers and side information for two channels, one after the other, of those for one.

    Args:
        heads: header and side information of each frame, shape (frames, bytes).
        sides: the bits of the side information, shape (frames, 136): back reference 9, private 5, sharing of scale
            factors 4, then the two granules.
        backs: the new back references.
    """
    import numpy as np

    count = len(heads)
    lifted = np.empty((count, _HEADER + _SIDE_TWO), np.uint8)
    lifted[:, 0], lifted[:, 1] = 0xFF, heads[:, 1]
    lifted[:, 2] = _rate_bits(count)
    lifted[:, 3] = heads[:, 3] & 0x0F | _JOINT_MIDDLE_SIDE
    # back reference 9 bits, private 3, sharing of scale factors 4 for each channel, then granules by channel.
    bits = np.zeros((count, 8 * _SIDE_TWO), np.uint8)
    bits[:, :_BACK_BITS] = _back_bits(backs)
    bits[:, 12:16] = sides[:, 14:18]
    for granule in range(2):
        mono = sides[:, _GRANULES_ONE + granule * _GRANULE : _GRANULES_ONE + (granule + 1) * _GRANULE]
        at = _GRANULES_TWO + 2 * granule * _GRANULE
        bits[:, at : at + _GRANULE] = mono
        bits[:, at + _GAIN.start : at + _GAIN.stop] = _louder(mono[:, _GAIN])
        # The side: the same kind of block with no bits at all, so part 2/3 length, big values, scale factors are 0.
        at += _GRANULE
        bits[:, at + _GAIN.start : at + _GAIN.stop] = mono[:, _GAIN]
        bits[:, at + _KIND : at + _GRANULE] = mono[:, _KIND:]
    lifted[:, _HEADER:] = np.packbits(bits, axis=1)
    return lifted.tobytes()


def _louder(gain: Bytes) -> Bytes:
    """The bits of global gains two steps up.

    Raises:
        InternalError: one of them is as high as it can be.
    """
    import numpy as np

    raised = _number(gain) + 2
    if raised.max(initial=0) > 0xFF:
        raise InternalError("An MP3 frame of one channel is too loud to be lifted.")
    return np.unpackbits(raised.astype(np.uint8)[:, np.newaxis], axis=1)


def _frame_size(number: int) -> int:
    """Bytes of the frame of that number at BITRATE: 417 or 418, so that the rate is met exactly on average."""
    return (number + 1) * _BYTES_A_KILOBIT * BITRATE // RATE - number * _BYTES_A_KILOBIT * BITRATE // RATE


def _woven(heads: bytes, contents: bytearray) -> bytes:
    """Frames: each head, all of the same size, before its share of the contents."""
    whole = bytes(contents)
    parts: list[bytes] = []
    at, size = 0, _HEADER + _SIDE_TWO
    for number in range(len(heads) // size):
        room = _frame_size(number) - size
        parts += (heads[number * size : (number + 1) * size], whole[at : at + room])
        at += room
    return b"".join(parts)


# ------------------------------------------------------------------------------------------------ the Info frame

INFO_SIZE = _BYTES_A_KILOBIT * BITRATE // RATE
"""Bytes of the frame before the first one, which says how long the file is."""
_TAG = _HEADER + _SIDE_TWO
_LAME = _TAG + 120


def info_frame(count: int, size: int, samples: int, music_crc: int) -> bytes:
    """The frame that players look for to learn the length, to jump, and to play exactly the right samples.

    A Xing header named "Info" (constant bit rate) with LAME's extension: Gabriel Bouvigne's "Mp3 Info Tag revision 1".

    Args:
        count: Frames behind this one.
        size: Bytes of this frame and those behind it.
        samples: Samples per channel of the programme.
        music_crc: CRC-16 of the frames behind this one.
    """
    late = count * FRAME - ENCODER_DELAY - samples
    if not 0 <= late < 4096:
        raise InternalError(f"{count} frames do not hold {samples} samples.")
    frame = bytearray(INFO_SIZE)
    frame[:_HEADER] = bytes((0xFF, 0xFB, _KILOBITS.index(BITRATE) << 4, 0x44))
    frame[_TAG : _TAG + 8] = b"Info" + (15).to_bytes(4, "big")
    frame[_TAG + 8 : _TAG + 16] = count.to_bytes(4, "big") + size.to_bytes(4, "big")
    # At a constant rate the table of a hundred places to jump to is a straight line.
    frame[_TAG + 16 : _TAG + 116] = bytes(percent * 256 // 100 for percent in range(100))
    frame[_TAG + 116 : _LAME] = (50).to_bytes(4, "big")
    frame[_LAME : _LAME + 9] = b"LAME3.100"
    frame[_LAME + 9] = 0x01  # tag revision 0, constant bit rate
    frame[_LAME + 10] = 170  # low-pass at 17 kHz
    frame[_LAME + 20] = BITRATE
    frame[_LAME + 21 : _LAME + 24] = (ENCODER_DELAY << 12 | late).to_bytes(3, "big")
    frame[_LAME + 24] = 0x0C  # made from 44.1 kHz, joint stereo
    frame[_LAME + 28 : _LAME + 32] = size.to_bytes(4, "big")
    frame[_LAME + 32 : _LAME + 34] = music_crc.to_bytes(2, "big")
    frame[_LAME + 34 : _LAME + 36] = crc16(bytes(frame[: _LAME + 34])).to_bytes(2, "big")
    return bytes(frame)
