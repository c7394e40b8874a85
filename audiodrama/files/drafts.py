"""Turn a Cast into a casting file: a new one, or the lines that an existing one lacks.

An existing file is only ever added to. What a person wrote stays as it is, to the last blank and comment: the new
text is the old one with insertions, and it is read back before it is given out.
"""

from __future__ import annotations

from collections import Counter

from audiodrama.errors import CastingError
from audiodrama.files.castings import SCHEMA, STAND_INS, parse_casting
from audiodrama.files.insertions import Entry, Section, insert
from audiodrama.files.yaml.writer import flow_scalar
from audiodrama.model import CROWD, NARRATOR, UNKNOWN, Cast, Casting, Pauses, Role, Script, name_key

_HEAD = """\
schema: {label}
{notes}# Who speaks with which voice. Change whatever you like; "audiodrama voices list" shows the voices.
# A part is a voice, or in full:
#   Anna: {{voice: en-us+f3, rate: 1.1, pitch: 2, gain: -3, pan: -0.4, aliases: [Annie], gender: female, age: old}}
# rate in times, pitch in semitones, gain in decibels, pan from -1 (left) to 1 (right).
engine: {engine}
narrator: {narrator}
"""
_TAIL = """
# Silence by its reason, where the usual does not please you:
# pauses:
{pauses}
# How to say a word that the voices get wrong:
# pronunciations:
#   Cholmondeley: Chumley
"""


def draft_casting(cast: Cast, script: Script, note: str = "", stand_ins: tuple[tuple[str, Role], ...] = ()) -> str:
    """The text of a new casting file for a cast; ``note`` becomes a comment at its head.

    ``stand_ins`` are written as they are; ``audiodrama.casting.fill.stand_ins`` has all of them. Without them, those
    that the cast has are written.
    """
    engine = _usual_engine((cast.narrator, *cast.roles)) or cast.narrator.voice.engine
    title = f'The cast of "{script.title}".' if script.title else ""
    notes = "".join(f"# {_on_one_line(line)}\n" for line in (title, *note.splitlines()) if line.strip())
    head = _HEAD.format(label=SCHEMA, notes=notes, engine=flow_scalar(engine), narrator=_part(cast.narrator, engine))
    sections = (
        Section("roles", _entries(cast, script, engine, set())),
        Section("stand-ins", tuple(Entry(name, _part(role, engine)) for name, role in stand_ins or _heard(cast))),
    )
    pauses = "".join(
        f"#   {name.replace('_', ' ')}: {getattr(Pauses(), name)} ms\n" for name in Pauses.__dataclass_fields__
    )
    return head + "".join(section.block("\n") for section in sections if section.entries) + _TAIL.format(pauses=pauses)


def extend_casting(
    text: str, file: str, cast: Cast, script: Script, stand_ins: tuple[tuple[str, Role], ...] = ()
) -> str:
    """The text of a casting file with what it lacks: people of the script, the narrator, stand-ins.

    Nothing that is in the text changes; if nothing is missing, the text comes back as it is.

    Raises:
        CastingError: the text is no casting, or it is written in a way that lines cannot be added to; the message
            says what to change.
    """
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.removeprefix("\ufeff").splitlines()):
        newline = "\r\n" if "\r\n" in text else "\n"
        gap = newline if text.removeprefix("\ufeff") and not text.endswith(("\n", "\r")) else ""
        return text + gap + draft_casting(cast, script, "", stand_ins).replace("\n", newline)
    old = parse_casting(text, file)
    engine = old.engine or _engine_meant(old, cast)
    added: list[Section] = []
    if not engine and not _names_voices_without_engine(old):
        engine = _usual_engine((cast.narrator, *cast.roles))
        added.append(Section("engine", value=flow_scalar(engine)))
    if old.narrator == Role(NARRATOR):
        added.append(Section("narrator", value=_part(cast.narrator, engine)))
    listed = {name_key(name) for role in old.roles for name in (role.name, *role.aliases)}
    listed_stand_ins = {name for name, _ in old.stand_ins}
    added.append(Section("roles", _entries(cast, script, engine, listed)))
    lacking = tuple(
        Entry(name, _part(role, engine)) for name, role in stand_ins or _heard(cast) if name not in listed_stand_ins
    )
    added.append(Section("stand-ins", lacking))
    missing = tuple(section for section in added if section.value or section.entries)
    if all(section.key == "engine" for section in missing):
        return text
    return _checked(insert(text, file, missing), file, old, missing)


def _checked(new: str, file: str, old_casting: Casting, added: tuple[Section, ...]) -> str:
    """The new text, if it says what the old one said and what was added, and nothing else."""
    names = {section.key: [entry.name for entry in section.entries] for section in added}
    try:
        read = parse_casting(new, file)
        is_extended = (
            read.roles[: len(old_casting.roles)] == old_casting.roles
            and [role.name for role in read.roles[len(old_casting.roles) :]] == names.get("roles", [])
            and read.stand_ins[: len(old_casting.stand_ins)] == old_casting.stand_ins
            and [name for name, _ in read.stand_ins[len(old_casting.stand_ins) :]] == names.get("stand-ins", [])
            and (read.pauses, read.pronunciations) == (old_casting.pauses, old_casting.pronunciations)
            and ("narrator" in names or read.narrator == old_casting.narrator)
        )
    except CastingError:
        is_extended = False
    if not is_extended:
        lines = " ".join("".join(section.block(" ") for section in added).split())
        raise CastingError(f"{file}: it is written in a way that cannot be added to safely; add yourself: {lines}")
    return new


def _entries(cast: Cast, script: Script, engine: str, listed: set[str]) -> tuple[Entry, ...]:
    """A line for each person of the cast whose key is not listed."""
    counts = Counter(line.speaker for line in script.lines() if line.kind != "cue")
    entries = []
    for role in cast.roles:
        if name_key(role.name) in listed or role.chosen == "stand-in":
            continue
        listed = listed | {name_key(role.name)}
        lines = sum(counts[name] for name in dict.fromkeys((role.name, *role.aliases)))
        about = [f"{lines} line{'' if lines == 1 else 's'}"]
        about += [role.gender] if role.gender != "unknown" else []
        about += [role.age] if role.age not in (None, "adult") else []
        about += [f"also {', '.join(role.aliases)}"] if role.aliases else []
        follows = role.narrates and role.voice == cast.narrator.voice
        about += ["tells the story and has the narrator's voice, unless you give another here"] if follows else []
        value = "" if follows else _part(role, engine)
        entries.append(Entry(role.name, value, _on_one_line("; ".join(about))))
    return tuple(entries)


def _heard(cast: Cast) -> list[tuple[str, Role]]:
    """The stand-ins that speak in a cast, by the casting's name for them."""
    named = {UNKNOWN: "person", CROWD: "crowd"}
    roles = {
        named.get(role.name, role.name.removeprefix("unknown ")): role
        for role in cast.roles
        if role.chosen == "stand-in"
    }
    return [(name, roles[name]) for name in STAND_INS if name in roles]


def _part(role: Role, engine: str) -> str:
    """A part's voice, in short if its name says all."""
    voice = role.voice
    settings = [f"voice: {flow_scalar(voice.name)}"]
    if voice.engine != engine:
        settings.append(f"engine: {flow_scalar(voice.engine)}")
    settings += [f"rate: {voice.rate:g}"] if voice.rate != 1 else []
    levels = (("pitch", voice.pitch), ("gain", voice.gain), ("pan", role.pan))
    settings += [f"{key}: {value:g}" for key, value in levels if value]
    return flow_scalar(voice.name) if len(settings) == 1 else f"{{{', '.join(settings)}}}"


def _usual_engine(roles: tuple[Role, ...]) -> str:
    """The engine that most roles have; the first of equals."""
    counts = Counter(role.voice.engine for role in roles)
    return counts.most_common(1)[0][0]


def _names_voices_without_engine(casting: Casting) -> bool:
    roles = (casting.narrator, *casting.roles, *(role for _, role in casting.stand_ins))
    return any(role.voice.name and not role.voice.engine for role in roles)


def _engine_meant(casting: Casting, cast: Cast) -> str:
    """The engine that a casting without ``engine:`` means where it names a voice; empty if the cast does not tell."""
    if casting.narrator.voice.name and not casting.narrator.voice.engine:
        return cast.narrator.voice.engine
    bare = {role.name for role in casting.roles if role.voice.name and not role.voice.engine}
    return next((role.voice.engine for role in cast.roles if role.name in bare), "")


def _on_one_line(text: str) -> str:
    """A text as a comment shows it."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
