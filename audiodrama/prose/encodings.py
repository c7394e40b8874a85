"""Turn the bytes of a file into its text, unchanged but for a byte order mark.

A byte order mark decides where there is one. Else UTF-16 is recognised by where its zero bytes lie, then UTF-8 is
tried, then Windows-1252, which is what most older text files from Windows are in. Line ends stay as they are.
"""

from __future__ import annotations

import codecs
import logging
import re
import unicodedata

from audiodrama.errors import ProseError
from audiodrama.prose import mojibake

_log = logging.getLogger(__name__)

# What files of other kinds begin with, and what a message calls them.
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zipped document (such as .docx, .odt or .epub)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"ID3", "a sound file"),
    (b"RIFF", "a sound file"),
    (b"OggS", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
)
# UTF-32 comes before UTF-16, whose little-endian mark is the beginning of UTF-32's.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# One control character in so many is more than any typed text has.
_TOO_MANY = 200
# Bytes at the beginning in which zero bytes are looked for.
_SAMPLE = 8192
# A UTF-8 file with a few damaged bytes still has more than so many good sequences for each bad one; in Windows-1252
# hardly any accented letter happens to be a good one.
_GOOD_FOR_ONE_BAD = 4
# Western text in UTF-16 has a zero in every second byte. Shares of the pairs of bytes: quotation marks and dashes make
# some high bytes other than zero, and hardly any low byte is zero.
_MANY_ZEROS = 0.4
_FEW_ZEROS = 0.05


def decode(data: bytes, name: str) -> str:
    """Decode the bytes of the file called ``name`` into Unicode's composed form (NFC), so that "ë" is one character.

    Raises:
        ProseError: the file is empty, or it is not text.
    """
    if not data:
        raise ProseError(f"{name} is empty; write the story into it, or give another file.")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise ProseError(f"{name} is {kind}, not text; save the story as plain text (.txt) and give that.")
    text, fallback = _marked(data, name), False
    if text is None:
        text, fallback = _unmarked(data)
    if "\x00" in text or len(_CONTROL_CHARACTER.findall(text)) > len(text) // _TOO_MANY:
        raise ProseError(f"{name} is not text (it has bytes that no text has); save the story as plain text (.txt).")
    return unicodedata.normalize("NFC", _reread(text, name, fallback=fallback))


def _reread(text: str, name: str, *, fallback: bool) -> str:
    """Mend a text that was decoded by the wrong table, or refuse it; ``fallback`` says that it was no UTF-8.

    Raises:
        ProseError: it is in an encoding that cannot be told from its bytes.
    """
    text, count = mojibake.mended(text)
    if count:
        _log.warning(
            "%s was saved after its UTF-8 was taken for Windows-1252; %d misread characters (such as â€œ) were mended: "
            "save the original as UTF-8 if some are still wrong",
            *(name, count),
        )
    elif mojibake.is_misread(text, fallback=fallback):
        if not fallback:
            raise ProseError(f"{name} was decoded by the wrong table and saved so; save the original as UTF-8.")
        raise ProseError(
            f"{name} is not UTF-8 and makes no words as Western text (Cyrillic, Greek, Chinese or Japanese in "
            "an older encoding); open it in an editor that shows it well, save it as UTF-8 and give that."
        )
    return text


def _marked(data: bytes, name: str) -> str | None:
    """Decode bytes that begin with a byte order mark; None if they do not."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                _log.warning("%s says that it is %s, but some of it is not; those characters are lost", name, encoding)
                return data[len(mark) :].decode(encoding, errors="replace")
    return None


def _unmarked(data: bytes) -> tuple[str, bool]:
    """Decode bytes without a mark by what they look like; True if nothing but Windows-1252 was left."""
    if b"\x00" in data[:_SAMPLE]:
        encoding = _utf_16(data[:_SAMPLE])
        if encoding:
            return data.decode(encoding, errors="replace"), False
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    repaired = data.decode("utf-8", errors="replace")
    bad = repaired.count("\ufffd")
    good = sum(character > "\x7f" for character in repaired) - bad
    if good > _GOOD_FOR_ONE_BAD * bad:
        _log.warning("%d characters of a UTF-8 file are damaged", bad)
        return repaired, False
    return data.decode("cp1252", errors="cp1252-gaps"), True


def _utf_16(sample: bytes) -> str:
    """Name the UTF-16 that a sample with zero bytes is in, or nothing if it is not.

    The zero is the second byte of each pair if the low byte comes first.
    """
    pairs = len(sample) // 2
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if second > _MANY_ZEROS * pairs and first < _FEW_ZEROS * pairs:
        return "utf-16-le"
    if first > _MANY_ZEROS * pairs and second < _FEW_ZEROS * pairs:
        return "utf-16-be"
    return ""


def _gaps(error: UnicodeError) -> tuple[str, int]:
    """Stand in for the five bytes that Windows-1252 does not define: the control character of the same number."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("cp1252-gaps", _gaps)
