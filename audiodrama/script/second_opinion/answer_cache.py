"""Turn answers into small files that are found again by what was asked, and files back into answers.

One file per question, ``<folder>/<digest[:2]>/<digest>.json``. It is written aside and renamed, so that it is either
whole or not there. It holds numbers of lines and names, nothing of the story's text, no address and no key.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path

from audiodrama.cache import atomic_write
from audiodrama.script.second_opinion.answers import NoAnswerError, Speakers, speakers
from audiodrama.script.second_opinion.questions import Question

FORMAT = "audiodrama opinion 1"
MOST_BYTES = 1 << 20
"""A file that is larger is not ours."""


def find(folder: Path, digest: str, question: Question) -> Speakers | None:
    """What was answered before; None if nothing was, or the file is damaged."""
    try:
        with _path(folder, digest).open("rb") as file:
            kept = json.loads(file.read(MOST_BYTES).decode("utf-8"))
        said = kept["answer"]
        if kept["format"] != FORMAT or kept["check"] != _check(digest, said):
            return None
        answered, wrong = speakers(said, question)
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError, NoAnswerError):
        return None
    return None if wrong else answered


def keep(folder: Path, digest: str, answered: Speakers) -> None:
    """Keep an answer. A folder that cannot be written is no reason to lose it: it is asked for again next time."""
    entries = [{"line": number, "speaker": name} for number, name in sorted(answered.items())]
    said = json.dumps({"answers": entries}, ensure_ascii=True)
    text = json.dumps({"format": FORMAT, "answer": said, "check": _check(digest, said)}, indent=1) + "\n"
    path = _path(folder, digest)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write.write_atomic(path, text.encode("ascii"))


def _path(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / f"{digest}.json"


def _check(digest: str, said: str) -> str:
    return hashlib.sha256(f"{digest}\n{said}".encode()).hexdigest()
