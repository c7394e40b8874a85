"""Turn a Script into the text of its file: scenes of lines, speaker first, what the extractor knows at the end."""

from __future__ import annotations

from collections.abc import Iterator

from audiodrama.files.yaml.writer import flow_scalar, paragraph, scalar
from audiodrama.model import NARRATOR, Line, Person, Scene, Script, Skip, Span

SCHEMA = "audiodrama/script 1"
"""The schema that a script file names in its first line."""
LINE_KEYS = ("who", "text", "kind", "heading", "cue", "sound", "how", "pause", "runs on", "retake", "found")
"""What a line may say besides its speaker; a speaker of such a name needs the long form."""
UNSURE = 0.5
"""A line whose speaker is less sure than this is marked with a comment."""
_LONGEST_KEY = 60

_HEAD = """\
schema: {label}
# Change whatever you like, then: audiodrama produce THIS_FILE -o OUT.mp3
#   - Anna: What she says.       who speaks, and what; "narrator", "unknown" and "crowd" are speakers too
#     how: whispered             how it is said
#     pause: 800 ms              silence before it, instead of the casting's
#     retake: 1                  another reading of the same words
#     runs on: yes               it goes on in the paragraph of the line before
#     found: {{...}}               what the extractor knew: leave it, or delete it
#   - cue: A door slams.         a sound; with "sound: door.wav" below it, beside this file
# A text that has ': ' or ' #' in it belongs in quotation marks. "# ?" marks lines whose speaker is not sure.
"""


def dump_script(script: Script) -> str:
    """The text of a script file; ``parse_script`` gives the same Script back."""
    return "".join(_pieces(script))


def _pieces(script: Script) -> Iterator[str]:
    yield _HEAD.format(label=SCHEMA)
    for key, value in (("title", script.title), ("author", script.author), ("source", script.source)):
        if value:
            yield f"{key}: {scalar(value)}\n"
    yield "\npeople:\n" if script.people else "\npeople: []\n"
    for person in script.people:
        yield _person(person)
    yield "\nscenes:\n" if script.scenes else "\nscenes: []\n"
    for number, scene in enumerate(script.scenes):
        yield from _scene(scene, number)
    if script.skipped:
        yield "\nskipped:\n"
        for skip in script.skipped:
            yield _skip(skip)


def _person(person: Person) -> str:
    text = f"- name: {scalar(person.name)}\n"
    if person.aliases:
        text += f"  aliases: [{', '.join(flow_scalar(alias) for alias in person.aliases)}]\n"
    if person.gender != "unknown":
        text += f"  gender: {person.gender}\n"
    if person.age != "adult":
        text += f"  age: {person.age}\n"
    if person.narrates:
        text += "  narrates: yes\n"
    return text


def _scene(scene: Scene, number: int) -> Iterator[str]:
    if number:
        yield "\n"
    if scene.chapter:
        yield f"- chapter: {scalar(scene.chapter)}\n  "
    else:
        yield "- "
    yield "lines:\n" if scene.lines else "lines: []\n"
    for index, line in enumerate(scene.lines):
        # Paragraphs are set apart as in prose; "runs on" says the same for the reader of the file.
        if index and not line.runs_on:
            yield "\n"
        yield from _line(line)


def _line(line: Line) -> Iterator[str]:
    if line.confidence < UNSURE:
        yield f"  # ? not sure who says this{': ' if line.why else ''}{_on_one_line(line.why)}\n"
    yield from _beginning(line)
    if line.sound:
        yield f"    sound: {scalar(line.sound)}\n"
    if line.delivery:
        yield f"    how: {scalar(line.delivery)}\n"
    if line.pause is not None:
        yield f"    pause: {line.pause} ms\n"
    if line.retake:
        yield f"    retake: {line.retake}\n"
    if line.runs_on:
        yield "    runs on: yes\n"
    extracted = _extracted(line)
    if extracted:
        yield f"    found: {{{extracted}}}\n"


def _beginning(line: Line) -> Iterator[str]:
    """The speaker and the text: "- Spike: ..." where that says all, else "- who:", "text:" and "kind:"."""
    usual = "narration" if line.speaker == NARRATOR else "dialogue"
    if line.kind in ("heading", "cue") and line.speaker == NARRATOR:
        yield f"  - {line.kind}: {paragraph(line.text, 6, 14)}\n"
        return
    key = scalar(line.speaker)
    if line.speaker in LINE_KEYS or not line.speaker or len(key) > _LONGEST_KEY:
        yield f"  - who: {key}\n    text: {paragraph(line.text, 6, 10)}\n"
    else:
        yield f"  - {key}: {paragraph(line.text, 6, 6 + len(key))}\n"
    if line.kind != usual:
        yield f"    kind: {line.kind}\n"


def _extracted(line: Line) -> str:
    parts = []
    if line.confidence != 1.0:
        parts.append(f"sure: {line.confidence!r}")
    if line.why:
        parts.append(f"why: {flow_scalar(line.why)}")
    if line.span is not None or line.spoken is not None:
        spoken = f"spoken {_span(line.spoken)}" if line.spoken is not None else ""
        span = _span(line.span) if line.span is not None else ""
        parts.append(f"at: {' '.join(part for part in (span, spoken) if part)}")
    return ", ".join(parts)


def _span(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _skip(skip: Skip) -> str:
    return f"- {{at: {_span(skip.span)}, reason: {flow_scalar(skip.reason)}}}\n"


def _on_one_line(text: str) -> str:
    """A text as a comment shows it."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
