"""Turn the voices that a user asks for without a casting file into a Casting that has the last word."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from audiodrama.casting.speakers import STAND_INS, Speaker, speakers
from audiodrama.errors import CastingError
from audiodrama.model import NARRATOR, Casting, Role, Script, Voice, name_key

_SIMILAR = 0.5
"""difflib's ratio, 0 to 1, from which a name is near enough to be proposed."""
_LISTED = 8
"""Names that a message lists at most."""


def asked_casting(script: Script, casting: Casting, voices: Mapping[str, str], narrator: str, engine: str) -> Casting:
    """The casting that says what the user asks for, and nothing else.

    Args:
        script: who speaks.
        casting: what the casting file says; a name may be one of its aliases.
        voices: name or alias of a speaker, "narrator", or a stand-in -> the name of a voice.
        narrator: the narrator's voice; empty if none is asked for.
        engine: the engine for these voices and for those that the casting does not name; empty if none is asked for.

    Raises:
        CastingError: a name is no speaker's, is that of several, or has two voices.
    """
    asked_roles: dict[str, Role] = {}
    asked_stand_ins: dict[str, Role] = {}
    everyone = speakers(script, casting) if voices else ()
    narrators = [narrator] if narrator else []
    for name, voice in voices.items():
        if name_key(name) == NARRATOR:
            narrators.append(voice)
            continue
        speaker = _meant(name, everyone)
        roles, own = (asked_stand_ins, speaker.stand_in) if speaker.stand_in else (asked_roles, speaker.name)
        if roles.get(own, Role("", Voice(voice))).voice.name != voice:
            raise CastingError(f"{own} is given two voices, {roles[own].voice.name!r} and {voice!r}; give one.")
        roles[own] = _role(own, voice)
    if len(set(narrators)) > 1:
        raise CastingError(f"The narrator is given two voices, {' and '.join(map(repr, narrators))}; give one.")
    return Casting(
        narrator=_role(NARRATOR, narrators[0]) if narrators else Role(NARRATOR),
        roles=tuple(asked_roles.values()),
        stand_ins=tuple(asked_stand_ins.items()),
        engine=engine,
        where="the engine asked for" if engine else "",
    )


def _role(name: str, voice: str) -> Role:
    return Role(name, Voice(voice), where=f"the voice of {name if name != NARRATOR else 'the narrator'}")


def _meant(name: str, everyone: tuple[Speaker, ...]) -> Speaker:
    """The speaker that a name means: whose it is to the letter, else whose it is but for letter case."""
    exact = [speaker for speaker in everyone if name in _names(speaker)]
    meant = exact or [speaker for speaker in everyone if name_key(name) in map(name_key, _names(speaker))]
    own = [speaker for speaker in meant if speaker.name == name]
    if len(own or meant) == 1 or (meant and all(speaker.stand_in for speaker in meant)):
        return (own or meant)[0]
    if meant:
        raise CastingError(f"{name!r} may be {' or '.join(repr(speaker.name) for speaker in meant)}; write that name.")
    raise CastingError(f"No voice can be given to {name!r}: no speaker has that name; {_advice(name, everyone)}")


def _names(speaker: Speaker) -> tuple[str, ...]:
    return (*speaker.called, speaker.stand_in) if speaker.stand_in else tuple(speaker.called)


def _advice(name: str, everyone: tuple[Speaker, ...]) -> str:
    """Whom the user may have meant: the nearest names, else those who speak most."""
    known = {name_key(each): each for speaker in everyone for each in _names(speaker)} | {NARRATOR: NARRATOR}
    if nearest := get_close_matches(name_key(name), known, 3, _SIMILAR):
        return f"did you mean {' or '.join(repr(known[each]) for each in nearest)}?"
    most = sorted(everyone, key=lambda speaker: -speaker.lines)
    names = [NARRATOR, *(speaker.name for speaker in most if speaker.name not in STAND_INS)]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"there are {', '.join(map(repr, names[:_LISTED]))}{more}."
