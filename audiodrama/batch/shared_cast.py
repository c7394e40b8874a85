"""Turn the stories of a batch into the roles that come back in several of them, each with one voice for all.

All stories count that can be read, whether they are made in this run, were made before, or fail later: so nobody's
voice hangs on what happens to other stories.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from audiodrama import files
from audiodrama.batch.outcomes import BatchProgress
from audiodrama.cache.as_json import from_json, to_json
from audiodrama.cache.sealed_file import seal, unseal, write_sealed
from audiodrama.casting import StorySpeakers, recurring_roles, story_speakers
from audiodrama.errors import AudiodramaError
from audiodrama.files import paths
from audiodrama.model import Casting, Role
from audiodrama.pipeline import Options, extract, read_casting
from audiodrama.pipeline.production_record import ProductionRecord
from audiodrama.sound.engines import VoiceCatalog
from audiodrama.workers import WorkerPool

MAGIC = b"audiodrama company 1\n"
"""The first line of a note about who speaks in a story."""
ENDING = ".company"
MOST_NOTES = 10_000
"""Notes that are kept, a few kilobytes each; the oldest go first."""

Order = tuple[Path, Options]


def shared_roles(
    stories: Sequence[Path], options: Options, pool: WorkerPool, listener: BatchProgress
) -> tuple[tuple[Role, ...], ...]:
    """For each story, the roles of those of its people who speak in others too.

    Stories share an ensemble if they share a casting. A story or a casting that cannot be read takes no part; its
    production will say why.
    """
    found: list[tuple[Role, ...]] = [()] * len(stories)
    if len(stories) < 2:
        return tuple(found)
    asked = replace(options, llm=None)
    companies = list(pool.run(speakers_of, [(story, asked) for story in stories], told=_told, size=_size))
    _forget()
    groups: defaultdict[Path | None, list[int]] = defaultdict(list)
    for place, speakers in enumerate(companies):
        if speakers is not None:
            groups[paths.find_casting(stories[place], options.casting)].append(place)
    for path, group in groups.items():
        try:
            shared = Casting() if path is None else files.load_casting(path)
            members = [company for place in group if (company := companies[place]) is not None]
            for place, roles in zip(group, recurring_roles(members, shared, VoiceCatalog()), strict=True):
                found[place] = roles
        except AudiodramaError as error:
            listener.warn(f"Nobody's voice could be chosen for several stories at once: {error}")
    return tuple(found)


def speakers_of(order: Order) -> StorySpeakers | None:
    """Who speaks in a story; None if it cannot be read. What was found out before is not found out again."""
    story, options = order
    note = paths.productions_folder() / f"{hashlib.sha256(os.fsencode(story.absolute())).hexdigest()}{ENDING}"
    try:
        papers = ProductionRecord(story, story, options).fingerprint()
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
            header, payload = unseal(MAGIC, note.read_bytes())
            if header["papers"] == papers:
                return from_json(StorySpeakers, json.loads(payload))
        # What there is to say about the story will be said when it is produced.
        with _without_warnings():
            speakers = story_speakers(extract(story, read_casting(story, options.casting), options))
    except AudiodramaError:
        return None
    with contextlib.suppress(OSError):
        write_sealed(note, seal(MAGIC, {"papers": papers}, json.dumps(to_json(speakers)).encode("ascii")))
    return speakers


@contextlib.contextmanager
def _without_warnings() -> Iterator[None]:
    """Hold back the warnings of this package's own loggers; those of the program around it go on as they were."""
    package = logging.getLogger("audiodrama")
    level = package.level
    package.setLevel(logging.ERROR)
    try:
        yield
    finally:
        package.setLevel(level)


def _forget() -> None:
    """Remove the oldest notes when there are too many."""
    with contextlib.suppress(OSError):
        notes = [(path.stat().st_mtime, path) for path in paths.productions_folder().glob(f"*{ENDING}")]
        for _, path in sorted(notes)[: max(0, len(notes) - MOST_NOTES)]:
            path.unlink()


def _told(order: Order) -> str:
    return f"reading {order[0]}"


def _size(order: Order) -> int:
    try:
        return order[0].stat().st_size // 10
    except OSError:
        return 0
