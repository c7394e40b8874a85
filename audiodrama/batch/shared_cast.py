"""Turn the stories of a batch into the roles that come back in several of them, each with one voice for all.

All stories count that can be read, whether they are made in this run, were made before, or fail later: so no voice
depends on what happens to other stories.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from audiodrama import files
from audiodrama.batch.outcomes import BatchProgress
from audiodrama.cache.as_json import from_json, to_json
from audiodrama.cache.keyed_files import KeyedFiles, key_of_path
from audiodrama.casting import StorySpeakers, recurring_roles, story_speakers
from audiodrama.errors import AudiodramaError
from audiodrama.files import paths
from audiodrama.model import Casting, Role
from audiodrama.pipeline import Options, extract, read_casting
from audiodrama.pipeline.production_record import ProductionRecord
from audiodrama.sound.engines import VoiceCatalog, default_engine
from audiodrama.workers import WorkerPool

MAGIC = b"audiodrama company 1\n"
"""The first line of a file about who speaks in a story."""
ENDING = ".company"
MAX_FILES = 10_000
"""Files that stay, a few kilobytes each; those that were not used for longest are removed."""

Order = tuple[Path, Options]


def shared_roles(
    stories: Sequence[Path], options: Options, pool: WorkerPool, progress: BatchProgress
) -> tuple[tuple[Role, ...], ...]:
    """For each story, the roles of its characters who speak in other stories, too.

    Stories share voices if they share a casting file. A story or a casting that cannot be read takes no part; its
    production says why.
    """
    roles_by_story: list[tuple[Role, ...]] = [()] * len(stories)
    if len(stories) < 2:
        return tuple(roles_by_story)
    without_llm = replace(options, llm=None)
    orders = [(story, without_llm) for story in stories]
    speakers_by_story = list(pool.run(speakers_of, orders, describe=_in_words, size=_size))
    _cached_speakers().keep_newest(MAX_FILES)
    groups: defaultdict[Path | None, list[int]] = defaultdict(list)
    for place, speakers in enumerate(speakers_by_story):
        if speakers is not None:
            groups[paths.find_casting(stories[place], options.casting)].append(place)
    for path, group in groups.items():
        try:
            shared = Casting() if path is None else files.load_casting(path)
            asked = Casting(engine=options.engine, where="the engine asked for" if options.engine else "")
            shared = files.over_defaults(shared, options.default_casting, default_engine())
            shared = files.join(shared, asked, default_engine())
            members = [speakers for place in group if (speakers := speakers_by_story[place]) is not None]
            for place, roles in zip(group, recurring_roles(members, shared, VoiceCatalog()), strict=True):
                roles_by_story[place] = roles
        except AudiodramaError as error:
            progress.warn(f"Nobody's voice could be chosen for several stories at once: {error}")
    return tuple(roles_by_story)


def speakers_of(order: Order) -> StorySpeakers | None:
    """Who speaks in a story, from the cache if the story did not change; None if it cannot be read."""
    story, options = order
    cached, key = _cached_speakers(), key_of_path(story)
    try:
        fingerprint = ProductionRecord(story, story, options).fingerprint()
        sealed = cached.find(key)
        with contextlib.suppress(ValueError, LookupError, TypeError):
            if sealed is not None and sealed[0]["papers"] == fingerprint:
                return from_json(StorySpeakers, json.loads(sealed[1]))
        # The story's own production repeats these warnings.
        with _without_warnings():
            speakers = story_speakers(extract(story, read_casting(story, options.casting), options))
    except AudiodramaError:
        return None
    with contextlib.suppress(OSError):
        cached.seal(key, {"papers": fingerprint}, json.dumps(to_json(speakers)).encode("ascii"))
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


def _cached_speakers() -> KeyedFiles:
    """The files about who speaks in a story; the key is that of the story's path."""
    return KeyedFiles(paths.productions_folder(), ENDING, MAGIC, flat=True)


def _in_words(order: Order) -> str:
    """An order as a message names it."""
    return f"reading {order[0]}"


def _size(order: Order) -> int:
    """What an order costs, in characters to speak: reading a story is ten times as fast as speaking it."""
    try:
        return order[0].stat().st_size // 10
    except OSError:
        return 0
