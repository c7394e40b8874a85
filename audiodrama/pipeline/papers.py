"""Turn a story into the papers that a person edits before a production: the script and the casting file."""

from __future__ import annotations

import json
from pathlib import Path

from audiodrama import files, places, prose, script
from audiodrama.errors import InputError, OutputError
from audiodrama.model import NARRATOR, Casting, Role, Script
from audiodrama.pipeline.values import Wishes
from audiodrama.sound.engines import Offer


def read_casting(story: Path, asked: Path | None = None) -> Casting:
    """The casting that applies to a story; an empty one if there is no file.

    Raises:
        CastingError: the file asked for does not exist, or a casting file says what it may not.
    """
    found = places.find_casting(story, asked)
    return Casting() if found is None else files.load_casting(found)


def extract(story: Path, casting: Casting, wishes: Wishes) -> Script:
    """Read a story and adapt it, or load a script that was extracted before or written by hand.

    Raises:
        ProseError: the story cannot be read.
        ScriptFileError: the script says what it may not.
    """
    if places.is_script(story):
        return files.load_script(story)
    document = prose.read(story, keep_notes=wishes.keep_notes)
    return script.adapt(document, casting.roles, drop_tags=wishes.drop_tags)


def write_script(story: Path, wishes: Wishes, output: Path | None = None, *, force: bool = False) -> tuple[Path, Script]:
    """Extract a story's script to ``output``, by default beside the story as ``NAME.script.yaml``.

    Returns:
        Where it is, and what it says.

    Raises:
        InputError: the story is a script already.
        OutputError: a script that differs is there, perhaps edited by a person, and ``force`` is not set.
    """
    if places.is_script(story):
        raise InputError(f"{story} is a script already; name the story that it comes from.")
    drama = extract(story, read_casting(story, wishes.casting), wishes)
    path, text = output or places.script_beside(story), files.dump_script(drama)
    if path.exists() and not force and path.read_bytes() != text.encode("utf-8"):
        raise OutputError(f"{path} is there and says something else, perhaps by your hand; use --force or another -o.")
    files.write_text(path, text)
    return path, drama


def spans(story: Path, wishes: Wishes) -> str:
    """The story's dialogue as a JSON list of {"start", "end", "speaker"}, in characters of the decoded source."""
    drama = extract(story, read_casting(story, wishes.casting), wishes)
    return json.dumps(script.script_spans(drama), ensure_ascii=False, indent=0) + "\n"


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
    path = output or places.find_casting(story, None) or story.parent / places.CASTING
    exists = path.is_file()
    casting = files.load_casting(path) if exists else Casting()
    drama = extract(story, casting, Wishes())
    cast = script.fill(drama, casting, Offer())
    if not exists:
        files.write_text(path, files.draft_casting(cast, drama))
        return path, (cast.narrator, *_listed(cast.roles))
    old = path.read_bytes().decode("utf-8")
    new = files.extend_casting(old, str(path), cast, drama)
    if new != old:
        files.write_text(path, new)
    known = {role.name for role in files.parse_casting(old, str(path)).roles}
    added = tuple(role for role in files.parse_casting(new, str(path)).roles if role.name not in known)
    return path, added


def _listed(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    return tuple(role for role in roles if role.chosen != "stand-in" and role.name != NARRATOR)
