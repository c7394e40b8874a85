"""Turn a Script, a Casting and the voices on offer into a Cast: every speaker with a complete voice.

First comes what a person wrote, then the narrator, then everybody else in the order of their first line, so that
whoever enters after the others changes nobody's voice. What nobody wrote is chosen by ``auditions``.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import Literal, Protocol

from audiodrama.casting.speakers import STAND_IN_FOR, STAND_INS, Speaker, speakers
from audiodrama.casting.voice_choice import Part, TunedVoice, VoiceChooser
from audiodrama.errors import CastingError
from audiodrama.model import NARRATOR, Cast, Casting, Role, Script, Voice, VoiceInfo

_Chosen = Literal["person", "automatic", "stand-in"]


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

    Roles of the casting that are not in this script are passed over: several stories may share a casting. Their
    voices are checked all the same.

    Raises:
        CastingError: the casting names an engine or a voice that does not exist, or an engine offers no voice.
    """
    _check(casting, offer)
    cast = speakers(script, casting)
    desk = _VoiceAssigner(casting, offer)
    for speaker in cast:
        if speaker.role.voice.name:
            desk.auditions.take(desk.heard(speaker.role.voice), speaker.part())
    narrating = next((speaker for speaker in cast if speaker.narrates), None)
    narrator = desk.narrator(narrating)
    found: list[Role] = []
    for speaker in cast:
        if speaker.narrates and not speaker.role.voice.name:
            shared = _set(narrator.voice, speaker.role.voice)
            found.append(_complete(speaker, shared, narrator.chosen))
        else:
            found.append(desk.role(speaker))
    return Cast(narrator, tuple(found), casting.pauses, casting.pronunciations)


def stand_ins(cast: Cast, casting: Casting, offer: VoicesOnOffer) -> tuple[tuple[str, Role], ...]:
    """All stand-ins with complete voices: the casting's, those in the cast, and for the others voices that are free.

    For writing a casting file that is to serve other stories too. Raises as ``fill``.
    """
    given = {name: role for name, role in casting.stand_ins if role.voice.name}
    given |= {STAND_IN_FOR[role.name]: role for role in cast.roles if role.name in STAND_IN_FOR}
    desk = _VoiceAssigner(casting, offer)
    desk.auditions.narrator = desk.heard(cast.narrator.voice)
    for role in (*cast.roles, *given.values()):
        desk.auditions.take(desk.heard(role.voice), Part(role.name, role.gender, "adult", frozenset({0})))
    found = []
    for name, gender in STAND_INS.items():
        speaker = Speaker(name, name, given.get(name, Role(name, gender=gender)), scenes={0})
        found.append((name, replace(desk.role(speaker), aliases=())))
    return tuple(found)


class _VoiceAssigner:
    """Where voices are given out: the engines' cards and the voices that are taken."""

    def __init__(self, casting: Casting, offer: VoicesOnOffer) -> None:
        self.casting = casting
        self.offer = offer
        self.auditions = VoiceChooser()

    def engine(self, voice: Voice) -> str:
        return voice.engine or self.casting.engine or self.offer.default_engine

    def heard(self, voice: Voice) -> TunedVoice:
        """A named voice as it sounds; a voice that the engine knows but does not offer is known by its name only."""
        engine = self.engine(voice)
        cards = (card for card in self.offer.voices(engine) if card.name == voice.name)
        return TunedVoice(next(cards, VoiceInfo(engine, voice.name)), voice.rate, voice.pitch)

    def narrator(self, narrating: Speaker | None) -> Role:
        """The narrator's role: as cast; as the person who narrates is cast; else the best voice that suits."""
        role = self.casting.narrator
        if not role.voice.name and narrating and narrating.role.voice.name:
            voice = _set(replace(narrating.role.voice, engine=self.engine(narrating.role.voice)), role.voice)
            sound, chosen = self.heard(voice), narrating.role.chosen
        elif role.voice.name:
            voice, chosen = replace(role.voice, engine=self.engine(role.voice)), "person"
            sound = self.heard(voice)
        else:
            part = narrating.part() if narrating else Part(NARRATOR, role.gender, role.age or "adult")
            sound, chosen = self._best(part, role), "automatic"
            voice = _voice(sound, role.voice)
        self.auditions.narrator = sound
        gender = role.gender if role.gender != "unknown" else sound.card.gender
        return replace(role, name=NARRATOR, voice=voice, gender=gender, age=role.age or sound.card.age, chosen=chosen)

    def _best(self, part: Part, role: Role) -> TunedVoice:
        """The first voice of the palette that suits and that nobody has: a narrator's does not hang on the name."""
        if role.gender != "unknown" or role.age:
            part = replace(part, gender=role.gender, age=role.age or part.age)
        cards = self._cards(role.voice, role)
        taken = {(sound.card.engine, sound.card.name) for sound in self.auditions.taken}
        grown: list[TunedVoice] = [TunedVoice(card) for card in cards if card.automatic and _suits(part, card)]
        everybody = grown or [TunedVoice(card) for card in cards]
        return next((sound for sound in everybody if (sound.card.engine, sound.card.name) not in taken), everybody[0])

    def _cards(self, voice: Voice, role: Role) -> tuple[VoiceInfo, ...]:
        engine = self.engine(voice)
        cards = self.offer.voices(engine)
        if not cards:
            raise CastingError(f"{_at(role.where)}the engine {engine!r} offers no voices; name another with 'engine:'")
        return cards

    def role(self, speaker: Speaker) -> Role:
        """The role of one speaker, whose voice is taken from now on."""
        role = speaker.role
        if role.voice.name:
            chosen: _Chosen = "stand-in" if speaker.stand_in else role.chosen
            return _complete(speaker, replace(role.voice, engine=self.engine(role.voice)), chosen)
        sound = self.auditions.choose(speaker.part(), self._cards(role.voice, role))
        return _complete(speaker, _voice(sound, role.voice), "stand-in" if speaker.stand_in else "automatic")


def _suits(part: Part, card: VoiceInfo) -> bool:
    ages = (part.age,) if part.age in ("child", "old") else ("adult", "young")
    return part.gender in ("unknown", card.gender) and card.age in ages


def _voice(sound: TunedVoice, wanted: Voice) -> Voice:
    """The voice that was chosen, with what a person asked for on top."""
    return _set(Voice(sound.card.name, sound.card.engine, sound.rate, sound.pitch), wanted)


def _set(voice: Voice, wanted: Voice) -> Voice:
    rate, pitch = round(voice.rate * wanted.rate, 4), round(voice.pitch + wanted.pitch, 4)
    return replace(voice, rate=rate, pitch=pitch, gain=voice.gain + wanted.gain)


def _complete(speaker: Speaker, voice: Voice, chosen: _Chosen) -> Role:
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
    return f"{where}: " if where else ""


def _check(casting: Casting, offer: VoicesOnOffer) -> None:
    """Refuse engines and voices that do not exist, wherever the casting names them."""
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
    if engine and engine != offer.default_engine and engine not in (engines := offer.engines()):
        near = get_close_matches(engine.casefold(), engines, 1, 0.5)
        advice = f"the nearest is {near[0]!r}" if near else f"there are {', '.join(map(repr, engines))}"
        raise CastingError(f"{_at(where)}there is no engine {engine!r}; {advice}")
