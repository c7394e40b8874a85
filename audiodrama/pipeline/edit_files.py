"""Turn a story into the papers that a person edits before a production: the script and the casting file."""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import replace
from pathlib import Path

from audiodrama import files, prose, script
from audiodrama.casting import fill, stand_ins
from audiodrama.errors import CastingError, InputError, OutputError
from audiodrama.files import paths
from audiodrama.model import Casting, Role, Script
from audiodrama.pipeline.options import NullProgress, Options, Progress
from audiodrama.pipeline.second_opinion import consult
from audiodrama.pipeline.second_opinion import estimate as estimate_of
from audiodrama.sound.engines import VoiceCatalog, default_engine

_log = logging.getLogger(__name__)


def read_casting(story: Path, asked: Path | None = None) -> Casting:
    """The casting that applies to a story; an empty one if there is no file.

    It is the shared one (``places.find_casting``) and, over it, the story's own: ``NAME.casting.yaml`` beside it.

    Raises:
        CastingError: the file asked for does not exist, or a casting file says what it may not.
    """
    found, beside = paths.find_casting(story, asked), paths.casting_beside(story)
    shared = Casting() if found is None else files.load_casting(found)
    if not beside.is_file() or beside == found:
        return shared
    return files.join(shared, files.load_casting(beside), default_engine())


def extract(story: Path, casting: Casting | None = None, options: Options | None = None) -> Script:
    """Read a story and adapt it, or load a script that was extracted before or written by hand.

    What a person decided about the story's lines is taken from ``NAME.decisions.yaml`` beside it, if that is there.

    Raises:
        ProseError: the story cannot be read.
        ScriptFileError: the script says what it may not.
        DecisionsError: the file of decisions does.
    """
    if paths.is_script(story):
        return files.load_script(story)
    options, roster = options or Options(), () if casting is None else casting.roles
    document = prose.read(story, keep_notes=options.keep_notes)
    decisions = paths.decisions_beside(story)
    decided = files.load_decisions(decisions) if decisions.exists() else ()
    adaptation = script.Adaptation(document, roster, drop_tags=options.drop_tags)
    if lost := len(decided) - len(adaptation.matched(decided)):
        fit = "decision fits" if lost == 1 else "decisions fit"
        _log.warning("%s: %d %s no line any more.", decisions, lost, fit)
    return adaptation.script(decided)


def write_script(
    story: Path,
    options: Options,
    output: Path | None = None,
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> tuple[Path, Script, tuple[str, ...]]:
    """Extract a story's script to ``output``, by default beside the story as ``NAME.script.yaml``.

    Returns:
        Where it is, what it says, and what is not as it was asked for, a sentence each.

    Raises:
        InputError: the story is a script already.
        OutputError: a script that differs is there, perhaps edited by a person, and ``force`` is not set. With it,
            the old one is kept as ``NAME.script.yaml.bak``.
    """
    if paths.is_script(story):
        raise InputError(f"{story} is a script already; name the story that it comes from.")
    drama, degraded = _advised(story, options, progress)
    path, text = output or paths.script_beside(story), files.dump_script(drama)
    if path.is_file() and path.read_bytes() != text.encode("utf-8"):
        if not force:
            raise OutputError(
                f"{path} is there and says something else, perhaps by your hand; `audiodrama review {story} --from "
                f"{path}` keeps the speakers that you changed, then use --force, or choose another place with -o."
            )
        _keep_aside(path)
    files.write_text(path, text)
    return path, drama, degraded


def _keep_aside(path: Path) -> None:
    """Copy a script that is to be written over: somebody may have edited it."""
    aside = path.with_name(f"{path.name}.bak")
    try:
        shutil.copyfile(path, aside)
    except OSError as error:
        raise OutputError(f"{aside} cannot be written: {error.strerror}; choose another place with -o.") from error


def spans(story: Path, options: Options, progress: Progress | None = None) -> tuple[str, tuple[str, ...]]:
    """The story's dialogue as a JSON list of {"start", "end", "speaker"}, in characters of the decoded source.

    Returns:
        The list, and what is not as it was asked for, a sentence each.
    """
    drama, degraded = _advised(story, options, progress)
    return json.dumps(script.script_spans(drama), ensure_ascii=False, indent=0) + "\n", degraded


def estimate(story: Path, options: Options) -> str:
    """In a sentence, how much a second opinion on a story would take; asks nobody."""
    if options.llm is None:
        return f"{story.name}: nobody is asked."
    casting = read_casting(story, options.casting)
    return estimate_of(story, extract(story, casting, options), casting, options.llm)


def _advised(story: Path, options: Options, progress: Progress | None) -> tuple[Script, tuple[str, ...]]:
    """The script with a second opinion, if one is wished for, and what is not as it was asked for."""
    casting = read_casting(story, options.casting)
    return consult(story, extract(story, casting, options), casting, options, progress or NullProgress())


def write_casting(story: Path, output: Path | None = None) -> tuple[Path, tuple[Role, ...]]:
    """Draft a casting file for a story, or add who is missing to the one that applies.

    Args:
        story: a story or a script.
        output: the file; by default the one that a production would use, else ``casting.yaml`` beside the story.

    Returns:
        The file, and the roles that were added.

    Raises:
        CastingError: the casting file says what it may not.
    """
    path = output or paths.find_casting(story, None) or story.parent / paths.CASTING
    offer, exists = VoiceCatalog(), path.is_file()
    casting = files.load_casting(path) if exists else Casting()
    beside = paths.casting_beside(story)
    own = files.load_casting(beside) if beside.is_file() and beside != path else Casting()
    casting = files.join(casting, own, offer.default_engine)
    drama = extract(story, casting)
    cast = fill(drama, casting, offer)
    helpers = stand_ins(cast, casting, offer)
    # Who is cast by the story's own casting is not put into the shared one.
    alone = {name for role in own.roles for name in (role.name, *role.aliases)}
    cast = replace(cast, roles=tuple(role for role in cast.roles if role.name not in alone))
    if not exists:
        files.write_text(path, files.draft_casting(cast, drama, stand_ins=helpers))
        return path, (cast.narrator, *(role for role in cast.roles if role.chosen != "stand-in"))
    old = files.read_text(path, CastingError)
    new = files.extend_casting(old, str(path), cast, drama, helpers)
    if new != old:
        files.write_text(path, new)
    known = {role.name for role in files.parse_casting(old, str(path)).roles}
    return path, tuple(role for role in files.parse_casting(new, str(path)).roles if role.name not in known)
