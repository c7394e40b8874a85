"""Turn a casting that stories share and a story's own into the casting that applies to that story."""

from __future__ import annotations

from dataclasses import replace

from audiodrama.model import Casting, Role, Voice, name_key


def join(shared: Casting, own: Casting, default_engine: str = "") -> Casting:
    """The casting in which ``own`` has the last word, and ``shared`` speaks where ``own`` says nothing.

    A role of ``own`` stands for every role of ``shared`` that has one of its names. What a part of ``own`` leaves out
    - the voice, the pan - is taken from ``shared``; a voice that it names comes without the shared one's settings.

    Args:
        shared: for several stories.
        own: for one of them.
        default_engine: the platform's, for voices of ``shared`` where neither the voice nor ``shared`` names one.
    """
    if own.engine and own.engine != (shared.engine or default_engine):
        shared = _settled(shared, shared.engine or default_engine)
    stand_ins = dict(shared.stand_ins)
    for name, role in own.stand_ins:
        stand_ins[name] = _over(stand_ins.get(name), role)
    return Casting(
        narrator=_over(shared.narrator, own.narrator),
        roles=_roles(shared.roles, own.roles),
        stand_ins=tuple(stand_ins.items()),
        pauses=replace(shared.pauses, **{name: getattr(own.pauses, name) for name in own.given_pauses}),
        given_pauses=tuple(dict.fromkeys((*shared.given_pauses, *own.given_pauses))),
        pronunciations=tuple((dict(shared.pronunciations) | dict(own.pronunciations)).items()),
        engine=own.engine or shared.engine,
        file=own.file or shared.file,
        where=own.where if own.engine else shared.where,
    )


def over_defaults(casting: Casting, defaults: Casting, default_engine: str) -> Casting:
    """The casting that applies where ``defaults`` speaks for all that ``casting`` leaves out.

    A voice that ``casting`` names without an engine stays one of the platform's, whatever engine is usual: a casting
    file means the same for every user.

    Args:
        casting: what the casting files say.
        defaults: what a user wants of every story.
        default_engine: the platform's.
    """
    if defaults.engine and not casting.engine:
        casting = _settled(casting, default_engine)
    return join(defaults, casting, default_engine)


def _roles(shared: tuple[Role, ...], own: tuple[Role, ...]) -> tuple[Role, ...]:
    """The roles of both, each name once, in the order of the shared casting."""
    claimed = {name_key(name): role for role in own for name in (role.name, *role.aliases)}
    below: dict[str, Role] = {}
    roles: dict[str, Role] = {}
    for role in shared:
        keys = [name_key(name) for name in (role.name, *role.aliases)]
        holder = next((claimed[key] for key in keys if key in claimed), None)
        if holder is None:
            roles[role.name] = role
        elif holder.name not in below or keys[0] == name_key(holder.name):
            below[holder.name] = role
            roles.setdefault(holder.name, holder)
    return tuple(_over(below.get(name), role) for name, role in (roles | {role.name: role for role in own}).items())


def _over(below: Role | None, role: Role) -> Role:
    """The role with what it does not say taken from the one below."""
    if below is None:
        return role
    return Role(
        name=role.name,
        voice=_voice(below.voice, role.voice),
        aliases=role.aliases or tuple(name for name in (below.name, *below.aliases) if name != role.name),
        gender=role.gender if role.gender != "unknown" else below.gender,
        age=role.age or below.age,
        pan=role.pan or below.pan,
        narrates=role.narrates or below.narrates,
        chosen=role.chosen if role.voice.name else below.chosen,
        where=role.where or below.where,
    )


def _voice(below: Voice, voice: Voice) -> Voice:
    if voice.name:
        return voice
    return Voice(
        below.name,
        voice.engine or below.engine,
        voice.rate if voice.rate != 1.0 else below.rate,
        voice.pitch or below.pitch,
        voice.gain or below.gain,
    )


def _settled(casting: Casting, engine: str) -> Casting:
    """The casting with its engine written to every voice that it names: another default must not move them."""

    def settle(role: Role) -> Role:
        if not role.voice.name or role.voice.engine:
            return role
        return replace(role, voice=replace(role.voice, engine=engine))

    return replace(
        casting,
        narrator=settle(casting.narrator),
        roles=tuple(map(settle, casting.roles)),
        stand_ins=tuple((name, settle(role)) for name, role in casting.stand_ins),
    )
