"""Turn a story into a Script and a Cast: the steps read, adapt and fill, with the files that lie beside a story.

``recording`` has the step record, ``performance`` arrange, ``mastering`` render; ``journey`` puts all six in order.
"""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

from audiodrama import casting as roles
from audiodrama import files, prose
from audiodrama.files import paths
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path
from audiodrama.model import Cast, Casting, DecidedLine, Document, Script
from audiodrama.pipeline.options import Options, Progress
from audiodrama.script import LANGUAGES, Adaptation, language_of
from audiodrama.sound.engines import VoiceCatalog, default_engine

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Material:
    """A story as it was read, with what the user wrote about it in files of their own."""

    story: Path
    """The file."""
    content: Document | Script
    """A Document; a Script where the file is a script that was extracted before or written by hand."""
    casting: Casting
    """The casting that applies; empty where there is no file."""
    decisions: tuple[DecidedLine, ...] = ()
    """What the user decided about lines (``NAME.decisions.yaml``)."""


@checked
def read(story: StrPath, options: Options | None = None, casting: Casting | None = None) -> Material:
    """Read a story, or a script, with its casting and the user's decisions about its lines.

    Args:
        story: a story (.txt, .md) or a drama script (.yaml).
        options: which casting file, and whether the author's notes are read aloud.
        casting: the casting that applies, where the caller has it already; None reads the files.

    Raises:
        ProseError: the story cannot be read.
        CastingError, ScriptFileError, DecisionsError: such a file says what it may not.
    """
    story, options = as_path(story, "a story"), options or Options()
    casting = read_casting(story, options.casting) if casting is None else casting
    if paths.is_script(story):
        return Material(story, files.load_script(story), casting)
    document = prose.read(story, keep_notes=options.keep_notes)
    decisions = paths.decisions_beside(story)
    return Material(story, document, casting, files.load_decisions(decisions) if os.path.exists(decisions) else ())


@checked
def adapt(material: Material, options: Options | None = None) -> Script:
    """Split narration from dialogue and say who speaks; a script stays as it is.

    Decisions that fit no line any more are logged as a warning.

    Raises:
        InternalError: the lines do not account for every character of the source exactly once.
    """
    if isinstance(material.content, Script):
        return _titled(material.content, options)
    drop_tags = options is not None and options.drop_tags
    adaptation = Adaptation(material.content, material.casting.roles, drop_tags=drop_tags)
    if lost := len(material.decisions) - len(adaptation.matched(material.decisions)):
        fit = "decision fits" if lost == 1 else "decisions fit"
        _log.warning("%s: %d %s no line any more.", paths.decisions_beside(material.story), lost, fit)
    return _titled(adaptation.script(material.decisions), options)


def _titled(script: Script, options: Options | None) -> Script:
    """The script with the title and the author that the user asks for, or the usual author if it names none."""
    if options is None or not (options.title or options.author or options.default_author):
        return script
    author = options.author or script.author or options.default_author
    return replace(script, title=options.title or script.title, author=author)


@checked
def fill(script: Script, casting: Casting, options: Options | None = None, catalog: VoiceCatalog | None = None) -> Cast:
    """Give every speaker a voice: the casting's, that of the batch's other stories, else one chosen automatically.

    Args:
        script: who speaks.
        casting: what the user wrote about voices.
        options: has the roles that come back in other stories of a batch, and the voices that have the last word.
        catalog: the voices on offer; None asks the engines.

    Raises:
        CastingError: the casting or the options name an engine, a voice or a speaker that does not exist.
    """
    options, catalog = options or Options(), catalog or VoiceCatalog()
    casting = files.join(Casting(roles=options.recurring_roles), casting)
    casting = files.over_defaults(casting, options.default_casting, catalog.default_engine)
    asked = roles.asked_casting(script, casting, options.voices, options.narrator, options.engine)
    return roles.fill(script, files.join(casting, asked, catalog.default_engine), catalog)


def extract(story: Path, casting: Casting | None = None, options: Options | None = None) -> Script:
    """The script of a story: ``adapt`` of what ``read`` reads; without a casting, no character is known beforehand.

    Raises:
        AudiodramaError: see ``read`` and ``adapt``.
    """
    return adapt(read(story, options, casting or Casting()), options)


def read_casting(story: Path, asked: StrPath | None = None) -> Casting:
    """The casting that applies to a story; an empty one if there is no file.

    It is the shared one (``paths.find_casting``) and, over it, the story's own: ``NAME.casting.yaml`` beside it.

    Raises:
        CastingError: the file asked for does not exist, or a casting file says what it may not.
    """
    shared_file, own_file = paths.find_casting(story, asked), paths.casting_beside(story)
    shared = Casting() if shared_file is None else files.load_casting(shared_file)
    if not os.path.isfile(own_file) or own_file == shared_file:
        return shared
    return files.join(shared, files.load_casting(own_file), default_engine())


def warn_about(script: Script, story: Path, progress: Progress, narrator: str = "") -> None:
    """Warn of a script without dialogue, or in a language that neither the rules nor the voices are made for.

    Args:
        script: who speaks.
        story: the file that it comes from.
        progress: hears of it.
        narrator: the name of the voice that the user asks for, empty for none; one of that language ends the matter.
    """
    language = language_of(script)
    if language != "en" and not _speaks(narrator, language):
        progress.warn(_foreign(script, story, language))
    elif not any(line.kind == "dialogue" for line in script.lines()):
        progress.warn(f"No dialogue was found in {story}: the narrator reads all of it.")


def asked_narrator(casting: Casting, options: Options) -> str:
    """The name of the voice that the options or the casting give the narrator; empty if neither does."""
    return options.narrator or casting.narrator.voice.name or options.default_casting.narrator.voice.name


def _speaks(voice: str, language: str) -> bool:
    """Whether a voice is of a language, as engines name voices: "de", "de+f3", "de_DE-thorsten"."""
    spoken = re.split(r"[^a-z]", voice.lower(), maxsplit=1)[0]
    return spoken == language if language else spoken not in ("", "en")


def _foreign(script: Script, story: Path, language: str) -> str:
    """The sentence about a story that is not English."""
    name = f"seems to be {LANGUAGES[language]}" if language else "does not look like English"
    # A play, a chat and a script say themselves who speaks: nothing in them is guessed.
    guessed = any(line.kind == "dialogue" and line.confidence < 1 for line in script.lines())
    says = all(line.kind != "dialogue" for line in script.lines()) or guessed
    rules = "who speaks is guessed with English rules, and " if says and not paths.is_script(story) else ""
    check = f"; check who speaks with `audiodrama review {paths.as_typed(story)}`" if rules and guessed else ""
    code = language or "CODE"
    return (
        f"{story} {name}, but {rules}the voices are English; write `narrator: {code}` into casting.yaml and a voice "
        f"like `{code}+f3` for each role{check}."
    )
