"""Turn answers into small files that are found again by what was asked, and files back into answers.

One file per question, ``<folder>/<digest[:2]>/<digest>.json``; see ``audiodrama.cache.keyed_files``. It holds numbers
of lines and names, nothing of the story's text, no address and no password. It is JSON that a user can read, not a
sealed file, so it has a checksum of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path

from audiodrama.cache.keyed_files import KeyedFiles
from audiodrama.script.second_opinion.answers import NoAnswerError, Speakers, speakers
from audiodrama.script.second_opinion.questions import Question

FORMAT = "audiodrama opinion 1"
ENDING = ".json"
"""Of each answer's file."""
MOST_BYTES = 1 << 20
"""Bytes of a file of this cache at most: an answer has a few hundred."""


def find(folder: Path, digest: str, question: Question) -> Speakers | None:
    """The answer that was stored for a question; None if there is none, or its file is damaged.

    Args:
        folder: the cache.
        digest: what the question and the model are hashed to.
        question: decides which lines and names an answer may have.
    """
    try:
        content = json.loads(KeyedFiles(folder, ENDING).read(digest, MOST_BYTES).decode("utf-8"))
        answer = content["answer"]
        if content["format"] != FORMAT or content["check"] != _check(digest, answer):
            return None
        answered, wrong = speakers(answer, question)
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError, NoAnswerError):
        return None
    return None if wrong else answered


def store(folder: Path, digest: str, answered: Speakers) -> None:
    """Write an answer into the cache. If the folder cannot be written, the same question is asked again next time."""
    entries = [{"line": number, "speaker": name} for number, name in sorted(answered.items())]
    answer = json.dumps({"answers": entries}, ensure_ascii=True)
    text = json.dumps({"format": FORMAT, "answer": answer, "check": _check(digest, answer)}, indent=1) + "\n"
    with contextlib.suppress(OSError):
        KeyedFiles(folder, ENDING).write(digest, text.encode("ascii"))


def _check(digest: str, answer: str) -> str:
    """A hash by which a damaged or renamed file is recognised, in hexadecimal."""
    return hashlib.sha256(f"{digest}\n{answer}".encode()).hexdigest()
