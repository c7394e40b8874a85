"""Turn our frozen values into plain ones for JSON, and back by their types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


def to_json(value: object) -> Any:
    """``value`` as lists, numbers, texts and None: a dataclass becomes the list of its fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return [to_json(getattr(value, name)) for name in _names(type(value))]
    if isinstance(value, tuple):
        return [to_json(each) for each in value]
    return str(value) if isinstance(value, Path) else value


def from_json(kind: type[Value], said: Any) -> Value:
    """The value of that type that ``to_json`` gave ``said`` for.

    Raises:
        ValueError, TypeError, IndexError: it is not such a value.
    """
    whole: Any = kind
    made: Value = _maker(whole)(said)
    return made


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """What makes values of a type: dataclasses, tuples of all sorts, paths, what may be None, and simple values."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _tuples(inner)
    if origin in (Union, UnionType):
        (one,) = (_maker(each) for each in inner if each is not NoneType)
        return lambda said: None if said is None else one(said)
    if origin is Literal:
        return str
    if kind is Path:
        return Path
    if is_dataclass(kind) or (isinstance(kind, type) and issubclass(kind, tuple)):
        # A field's order is that of its type hint, in dataclasses and in named tuples.
        makers = [_maker(each) for each in get_type_hints(kind).values()]
        build: Any = kind
        return lambda said: build(*(make(each) for make, each in zip(makers, said, strict=True)))
    return _checked(kind)


def _tuples(inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    makers = [_maker(each) for each in inner if each is not Ellipsis]
    if Ellipsis in inner:
        return lambda said: tuple(map(makers[0], said))
    return lambda said: tuple(make(each) for make, each in zip(makers, said, strict=True))


def _checked(kind: type) -> Callable[[Any], Any]:
    def make(said: Any) -> Any:
        if isinstance(said, kind) or (kind is float and isinstance(said, int)):
            return said
        raise TypeError(f"{said!r} is no {kind.__name__}")

    return make
