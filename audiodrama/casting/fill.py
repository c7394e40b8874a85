"""Turn a Script, a Casting and the voices on offer into a Cast: every speaker with a complete voice.

Voices are assigned in three rounds: those that the casting names, then the narrator's, then those of the other speakers
in the order of their first line, so that a speaker who enters after the others changes no voice. `VoiceChooser` chooses
what the casting leaves open.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import Literal, Protocol

from audiodrama.casting.speakers import STAND_IN_FOR, STAND_INS, Speaker, speakers
from audiodrama.casting.voice_choice import Part, VoiceChooser
from audiodrama.casting.voice_distance import TunedVoice
from audiodrama.errors import CastingError
from audiodrama.model import NARRATOR, Cast, Casting, Role, Script, Voice, VoiceInfo

_Chosen = Literal["person", "automatic", "stand-in"]
# A misspelt engine gets the name that shares at least half its letters in order (difflib's ratio) as advice.
_SIMILAR = 0.5
# Products and sums of settings have so many decimals: 1.1 * 1.1 is 1.21 in a casting file, not 1.2100000000000002.
_DECIMALS = 4


class VoicesOnOffer(Protocol):
    """What casting needs to know of the engines."""

    default_engine: str
    """For voices that name no engine."""

    def engines(self) -> tuple[str, ...]:
        """The names of all engines."""
        ...

    def voices(self, engine: str, /) -> tuple[VoiceInfo, ...]:
        """The voices of an engine that automatic casting may choose from, best first."""
        ...

    def knows(self, engine: str, voice: str, /) -> bool:
        """Whether the engine has a voice of exactly that name."""
        ...

    def nearest(self, engine: str, voice: str, /) -> str:
        """The engine's voice whose name is most like it."""
        ...


def fill(script: Script, casting: Casting, offer: VoicesOnOffer) -> Cast:
    """Give every speaker of the script a voice.

    Roles of the casting that do not speak in this script are left out of the cast, since several stories may share a
    casting. Their voices are checked all the same.

    Raises:
        CastingError: the casting names an engine or a voice that does not exist, or an engine offers no voice.
    """
    _check(casting, offer)
    everyone = speakers(script, casting)
    assigner = _VoiceAssigner(casting, offer)
    for speaker in everyone:
        if speaker.role.voice.name:
            assigner.chooser.assign(assigner.tuned(speaker.role.voice), speaker.part())
    narrating = next((speaker for speaker in everyone if speaker.narrates), None)
    narrator = assigner.narrator(narrating)
    roles: list[Role] = []
    for speaker in everyone:
        if speaker.narrates and not speaker.role.voice.name:
            # A character who narrates speaks and tells with one voice.
            shared = _adjusted(narrator.voice, speaker.role.voice)
            roles.append(_complete(speaker, shared, narrator.chosen))
        else:
            roles.append(assigner.role(speaker))
    return Cast(narrator, tuple(roles), casting.pauses, casting.pronunciations)


def stand_ins(cast: Cast, casting: Casting, offer: VoicesOnOffer) -> tuple[tuple[str, Role], ...]:
    """All stand-ins with complete voices: the casting's, those in the cast, and for the others voices that are free.

    A casting file that is to serve other stories too gets them written into it.

    Returns:
        (name, role) in the order of STAND_INS.

    Raises:
        CastingError: as ``fill``.
    """
    cast_already = {name: role for name, role in casting.stand_ins if role.voice.name}
    cast_already |= {STAND_IN_FOR[role.name]: role for role in cast.roles if role.name in STAND_IN_FOR}
    assigner = _VoiceAssigner(casting, offer)
    assigner.chooser.narrator = assigner.tuned(cast.narrator.voice)
    for role in (*cast.roles, *cast_already.values()):
        assigner.chooser.assign(assigner.tuned(role.voice), Part(role.name, role.gender, "adult", frozenset({0})))
    roles = []
    for name, gender in STAND_INS.items():
        speaker = Speaker(name, name, cast_already.get(name, Role(name, gender=gender)), scenes={0})
        roles.append((name, replace(assigner.role(speaker), aliases=())))
    return tuple(roles)


class _VoiceAssigner:
    """Assigns the voices of one cast, with what the casting says and what the engines offer."""

    def __init__(self, casting: Casting, offer: VoicesOnOffer) -> None:
        self.casting = casting
        self.offer = offer
        self.chooser = VoiceChooser()

    def engine(self, voice: Voice) -> str:
        """The name of the engine that speaks ``voice``: its own, else the casting's, else the default."""
        return voice.engine or self.casting.engine or self.offer.default_engine

    def tuned(self, voice: Voice) -> TunedVoice:
        """A named voice with its settings; of a voice that the engine has but does not offer only the name is known."""
        engine = self.engine(voice)
        infos = (info for info in self.offer.voices(engine) if info.name == voice.name)
        return TunedVoice(next(infos, VoiceInfo(engine, voice.name)), voice.rate, voice.pitch)

    def narrator(self, narrating: Speaker | None) -> Role:
        """The narrator's role: with the casting's voice, else that of the character who narrates, else a suitable one.

        Args:
            narrating: the character who tells the story in the first person; None for any other narrator.
        """
        role = self.casting.narrator
        if not role.voice.name and narrating and narrating.role.voice.name:
            voice = _adjusted(replace(narrating.role.voice, engine=self.engine(narrating.role.voice)), role.voice)
            tuned, chosen = self.tuned(voice), narrating.role.chosen
        elif role.voice.name:
            voice, chosen = replace(role.voice, engine=self.engine(role.voice)), "person"
            tuned = self.tuned(voice)
        else:
            part = narrating.part() if narrating else Part(NARRATOR, role.gender, role.age or "adult")
            tuned, chosen = self._first_suitable(part, role), "automatic"
            voice = _voice(tuned, role.voice)
        self.chooser.narrator = tuned
        gender = role.gender if role.gender != "unknown" else tuned.info.gender
        return replace(role, name=NARRATOR, voice=voice, gender=gender, age=role.age or tuned.info.age, chosen=chosen)

    def _first_suitable(self, part: Part, role: Role) -> TunedVoice:
        """The first voice of the palette that suits and is free: the narrator gets the best, not one by its name."""
        if role.gender != "unknown" or role.age:
            part = replace(part, gender=role.gender, age=role.age or part.age)
        offered = self._offered(role)
        taken = {voice.identity for voice in self.chooser.scenes}
        suiting = [TunedVoice(info) for info in offered if info.automatic and _suits(part, info)]
        voices = suiting or [TunedVoice(info) for info in offered]
        return next((voice for voice in voices if voice.identity not in taken), voices[0])

    def _offered(self, role: Role) -> tuple[VoiceInfo, ...]:
        """What the role's engine offers, at least one voice."""
        engine = self.engine(role.voice)
        offered = self.offer.voices(engine)
        if not offered:
            raise CastingError(f"{_at(role.where)}the engine {engine!r} offers no voices; name another with 'engine:'")
        return offered

    def role(self, speaker: Speaker) -> Role:
        """The role of one speaker, with a voice that is assigned from now on."""
        role = speaker.role
        if role.voice.name:
            chosen: _Chosen = "stand-in" if speaker.stand_in else role.chosen
            return _complete(speaker, replace(role.voice, engine=self.engine(role.voice)), chosen)
        tuned = self.chooser.choose(speaker.part(), self._offered(role))
        return _complete(speaker, _voice(tuned, role.voice), "stand-in" if speaker.stand_in else "automatic")


def _suits(part: Part, info: VoiceInfo) -> bool:
    """Whether the voice has the part's gender and age; the grown ages count as one."""
    ages = (part.age,) if part.age in ("child", "old") else ("adult", "young")
    return part.gender in ("unknown", info.gender) and info.age in ages


def _voice(tuned: TunedVoice, asked_voice: Voice) -> Voice:
    """The voice that was chosen, adjusted by what the casting asks for."""
    return _adjusted(Voice(tuned.info.name, tuned.info.engine, tuned.rate, tuned.pitch), asked_voice)


def _adjusted(voice: Voice, asked_voice: Voice) -> Voice:
    """The voice with the rate multiplied by, and pitch and gain raised by, what the casting asks for."""
    rate, pitch = round(voice.rate * asked_voice.rate, _DECIMALS), round(voice.pitch + asked_voice.pitch, _DECIMALS)
    return replace(voice, rate=rate, pitch=pitch, gain=voice.gain + asked_voice.gain)


def _complete(speaker: Speaker, voice: Voice, chosen: _Chosen) -> Role:
    """The speaker's role with a voice and with all that casting and script say together."""
    part = speaker.part()
    aliases = tuple(name for name in speaker.called if name != speaker.name)
    return replace(
        speaker.role,
        name=speaker.name,
        voice=voice,
        aliases=aliases,
        gender=part.gender,
        age=part.age,
        narrates=speaker.narrates,
        chosen=chosen,
    )


def _at(where: str) -> str:
    """``file:line`` as the beginning of a message; empty if the user named no file."""
    return f"{where}: " if where else ""


def _check(casting: Casting, offer: VoicesOnOffer) -> None:
    """Refuse engines and voices that do not exist, wherever the casting names them.

    Raises:
        CastingError: the casting names one; the message has the nearest that exists.
    """
    roles = (casting.narrator, *casting.roles, *(role for _, role in casting.stand_ins))
    _check_engine(casting.engine, casting.where, offer)
    for role in roles:
        _check_engine(role.voice.engine, role.where, offer)
        engine = role.voice.engine or casting.engine or offer.default_engine
        name = role.voice.name
        if name and not offer.knows(engine, name):
            nearest = offer.nearest(engine, name)
            wrong = f"the engine {engine!r} has no voice {name!r}"
            raise CastingError(f"{_at(role.where)}{wrong}; the nearest is {nearest!r}")


def _check_engine(engine: str, where: str, offer: VoicesOnOffer) -> None:
    """Refuse an engine that does not exist; ``where`` is the ``file:line`` that names it."""
    # The default engine exists; the list of all engines, with those of plugins, is made for others only.
    if engine and engine != offer.default_engine and engine not in (engines := offer.engines()):
        similar = get_close_matches(engine.casefold(), engines, 1, _SIMILAR)
        advice = f"the nearest is {similar[0]!r}" if similar else f"there are {', '.join(map(repr, engines))}"
        raise CastingError(f"{_at(where)}there is no engine {engine!r}; {advice}")
