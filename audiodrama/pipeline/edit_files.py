"""Turn a story into the files that a user edits before a production: the script and the casting file."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from audiodrama import files, script
from audiodrama.cache.atomic_write import write_atomic
from audiodrama.casting import stand_ins
from audiodrama.errors import CastingError, InputError, OutputError
from audiodrama.files import paths
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path, as_path_or_none
from audiodrama.model import Casting, Role, Script, name_key
from audiodrama.pipeline import second_opinion
from audiodrama.pipeline.options import NullProgress, Options, Progress
from audiodrama.pipeline.steps import adapt, extract, fill, read
from audiodrama.sound.engines import VoiceCatalog


@dataclass(frozen=True, slots=True)
class WrittenScript:
    """A script file that was written."""

    path: Path
    """The file."""
    script: Script
    """What it says."""
    degraded: tuple[str, ...]
    """What is not as it was asked for, a sentence each."""


@dataclass(frozen=True, slots=True)
class WrittenCasting:
    """A casting file that was drafted or extended."""

    path: Path
    """The file."""
    added: tuple[Role, ...]
    """The roles that were added."""


@dataclass(frozen=True, slots=True)
class SpeechSpans:
    """Who speaks which characters of a story."""

    json: str
    """A JSON list of {"start", "end", "speaker"}, in characters of the decoded source."""
    degraded: tuple[str, ...]
    """What is not as it was asked for, a sentence each."""


@checked
def write_script(
    story: StrPath,
    options: Options,
    output: StrPath | None = None,
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> WrittenScript:
    """Extract a story's script to ``output``, by default beside the story as ``NAME.script.yaml``.

    Raises:
        InputError: the story is a script already.
        OutputError: there is a script that differs, perhaps by the user's hand, and ``force`` is not set. With
            ``force``, the old one is copied to ``NAME.script.yaml.bak``.
    """
    story, output = as_path(story, "a story"), as_path_or_none(output, "a script file")
    if paths.is_script(story):
        raise InputError(f"{story} is a script already; name the story that it comes from.")
    drama, degraded = _with_second_opinion(story, options, progress)
    path, text = output or paths.script_beside(story), files.dump_script(drama)
    if _says_something_else(path, text):
        if not force:
            raise OutputError(
                f"{path} is there and says something else, perhaps by your hand; `audiodrama review {story} --from "
                f"{path}` keeps the speakers that you changed, then use --force, or choose another place with -o."
            )
        _back_up(path)
    files.write_text(path, text)
    return WrittenScript(path, drama, degraded)


def _says_something_else(path: Path, text: str) -> bool:
    """Whether there is a file that is not just this text."""
    try:
        return os.path.isfile(path) and path.read_bytes() != text.encode("utf-8")
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror}; choose another place with -o.") from error


def _back_up(path: Path) -> None:
    """Copy a script that is to be overwritten: the user may have edited it. An older copy stays, too."""
    content = path.read_bytes()
    for number in count(1):
        backup = path.with_name(f"{path.name}.bak{number if number > 1 else ''}")
        try:
            if not os.path.lexists(backup):
                write_atomic(backup, content)
            elif not os.path.isfile(backup) or backup.read_bytes() != content:
                continue
            return
        except OSError as error:
            raise OutputError(f"{backup} cannot be written: {error.strerror}; choose another place with -o.") from error


def spans(story: Path, options: Options, progress: Progress | None = None) -> SpeechSpans:
    """The story's dialogue as spans of its source."""
    drama, degraded = _with_second_opinion(story, options, progress)
    return SpeechSpans(json.dumps(script.script_spans(drama), ensure_ascii=False, indent=0) + "\n", degraded)


def estimate(story: Path, options: Options) -> str:
    """A sentence on how much a second opinion on a story would take; nothing is asked."""
    if options.llm is None:
        return f"{story.name}: nobody is asked."
    material = read(story, options)
    return second_opinion.estimate(story, adapt(material, options), material.casting, options.llm)


def _with_second_opinion(story: Path, options: Options, progress: Progress | None) -> tuple[Script, tuple[str, ...]]:
    """The script, with a language model's opinion if the options name one, and what is not as it was asked for."""
    material = read(story, options)
    drama = adapt(material, options)
    return second_opinion.consult(story, drama, material.casting, options, progress or NullProgress())


@checked
def write_casting(
    story: StrPath, output: StrPath | None = None, *, default_casting: Casting | None = None
) -> WrittenCasting:
    """Draft a casting file for a story, or add the characters that are missing in the one that applies.

    Args:
        story: a story or a script.
        output: the file; by default the one that a production would use, else ``casting.yaml`` beside the story.
        default_casting: what applies where no file says otherwise, as in ``Options``.

    Raises:
        CastingError: the casting file says what it may not.
    """
    story, output = as_path(story, "a story"), as_path_or_none(output, "a casting file")
    path = paths.casting_to_draft(story, output)
    catalog, exists = VoiceCatalog(), os.path.isfile(path)
    shared = files.load_casting(path) if exists else Casting()
    own_file = paths.casting_beside(story)
    own = files.load_casting(own_file) if os.path.isfile(own_file) and own_file != path else Casting()
    casting = files.join(shared, own, catalog.default_engine)
    casting = files.over_defaults(casting, default_casting or Casting(), catalog.default_engine)
    drama = extract(story, casting)
    cast = fill(drama, casting, catalog=catalog)
    fallbacks = stand_ins(cast, casting, catalog)
    # A role of the story's own casting is not put into the shared one.
    own_names = {name_key(name) for role in own.roles for name in (role.name, *role.aliases)}
    cast = replace(cast, roles=tuple(role for role in cast.roles if name_key(role.name) not in own_names))
    if not exists:
        files.write_text(path, files.draft_casting(cast, drama, stand_ins=fallbacks))
        return WrittenCasting(path, (cast.narrator, *(role for role in cast.roles if role.chosen != "stand-in")))
    old = files.read_text(path, CastingError)
    new = files.extend_casting(old, str(path), cast, drama, fallbacks)
    if new != old:
        files.write_text(path, new)
    listed = {role.name for role in files.parse_casting(old, str(path)).roles}
    added = tuple(role for role in files.parse_casting(new, str(path)).roles if role.name not in listed)
    return WrittenCasting(path, added)
