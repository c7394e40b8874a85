"""Turn an encoder's bytes into MP3 frames that can be joined, and a file of them into one that says how long it is.

MPEG-1 layer III at 44.1 kHz and constant 128 kbit/s, joint stereo, is all that is written here (ISO/IEC 11172-3).
"""

from __future__ import annotations

from audiodrama.errors import InternalError
from audiodrama.sound.crc import crc16

RATE = 44100
"""Samples per second of a master."""
BITRATE = 128
"""kbit/s of a master."""
SINGLE_BITRATE = 112
"""kbit/s at which one channel is encoded that is then lifted: its frames' contents fit into those of a master."""
FRAME = 1152
"""Samples per channel in a frame."""
ENCODER_DELAY = 576
"""Samples that LAME puts before the first one."""
DECODER_DELAY = 529
"""Samples by which every decoder is late."""

_KILOBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_HEADER = 4
_SIDE_ONE, _SIDE_TWO = 17, 32
_GRANULE = 59
"""Bits of side information for one granule of one channel."""
_RESERVOIR = 511
"""Bytes that a frame's contents may begin before the frame."""
_JOINT_MIDDLE_SIDE = 0x60
"""Mode bits of a frame's fourth byte: joint stereo, middle and side."""


def frames(stream: bytes) -> list[bytes]:
    """The frames that ``stream`` consists of.

    Raises:
        InternalError: it holds anything that is not an MPEG-1 layer III frame at 44.1 kHz.
    """
    found: list[bytes] = []
    at = 0
    while at < len(stream):
        header = stream[at : at + _HEADER]
        if len(header) < _HEADER or header[0] != 0xFF or header[1] & 0xFE != 0xFA or header[2] & 0x0C:
            raise InternalError(f"The MP3 encoder wrote something that is not a frame at byte {at}.")
        size = 144000 * _KILOBITS[header[2] >> 4] // RATE + (header[2] >> 1 & 1)
        found.append(stream[at : at + size])
        at += size
    if at != len(stream):
        raise InternalError("The MP3 encoder's last frame is not whole.")
    return found


def lift(single: list[bytes]) -> bytes:
    """Frames of one channel as joint-stereo frames in which both channels are that one; nothing is encoded again.

    The one channel becomes the middle channel, (left + right) / sqrt 2, and the side channel is empty. Two steps of
    the global gain make up for the root: a step is a factor of 2 ** (1 / 4). The scale factors and the Huffman codes
    are the same bits as before, laid out anew because the frames are of another size.

    Args:
        single: Frames at SINGLE_BITRATE without CRC, the first of which refers to nothing before it.

    Raises:
        InternalError: they are not such frames.
    """
    source = b"".join(frame[_HEADER + _SIDE_ONE :] for frame in single)
    out = bytearray()
    heads: list[bytes] = []
    source_at = area = used = 0
    for number, frame in enumerate(single):
        side = int.from_bytes(frame[_HEADER : _HEADER + _SIDE_ONE], "big")
        begin = source_at - (side >> 127)
        source_at += len(frame) - _HEADER - _SIDE_ONE
        bits = (side >> 59 + 47 & 0xFFF) + (side >> 47 & 0xFFF)
        content = source[begin : begin + (bits + 7) // 8]
        size = _frame_size(number)
        start = max(used, area - _RESERVOIR)
        used = start + len(content)
        room = size - _HEADER - _SIDE_TWO
        if begin < 0 or used > area + room:
            raise InternalError("An MP3 frame of one channel does not fit into one of two.")
        out.extend(bytes(start - len(out)))
        out.extend(content)
        heads.append(_lifted_head(frame, side, size, area - start))
        area += room
    out.extend(bytes(area - len(out)))
    return _woven(heads, out)


def _lifted_head(frame: bytes, side: int, size: int, back: int) -> bytes:
    """Header and side information for two channels."""
    padded = size - 144000 * BITRATE // RATE
    header = bytes((0xFF, frame[1], _KILOBITS.index(BITRATE) << 4 | padded << 1, frame[3] & 0x0F | _JOINT_MIDDLE_SIDE))
    first, second = side >> _GRANULE & (1 << _GRANULE) - 1, side & (1 << _GRANULE) - 1
    # back reference 9 bits, private 3, sharing of scale factors 4 for each channel, then granules by channel.
    whole = back << 11 | (side >> 118 & 0xF) << 4
    for granule in (first, second):
        whole = whole << 2 * _GRANULE | _louder(granule) << _GRANULE | _emptied(granule)
    return header + whole.to_bytes(_SIDE_TWO, "big")


def _louder(granule: int) -> int:
    """A granule with its global gain (bits 21 to 28) two steps up."""
    return granule + (2 << _GRANULE - 29)


def _emptied(granule: int) -> int:
    """A granule of the same kind of block with no bits at all: part 2/3 length, big values, scale factors are 0."""
    return granule & ((1 << _GRANULE - 33) - 1) | granule & 0xFF << _GRANULE - 29


def _frame_size(number: int) -> int:
    """Bytes of the frame of that number at BITRATE: 417 or 418, so that the rate is met exactly on average."""
    return (number + 1) * 144000 * BITRATE // RATE - number * 144000 * BITRATE // RATE


def _woven(heads: list[bytes], contents: bytearray) -> bytes:
    parts: list[bytes] = []
    at = 0
    for number, head in enumerate(heads):
        room = _frame_size(number) - len(head)
        parts += (head, bytes(contents[at : at + room]))
        at += room
    return b"".join(parts)


# ------------------------------------------------------------------------------------------------ the Info frame

INFO_SIZE = 144000 * BITRATE // RATE
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
