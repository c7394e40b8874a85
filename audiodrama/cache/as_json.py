"""Turn frozen values of this package into plain ones for JSON, and back by their types."""

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
        return [to_json(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def from_json(kind: type[Value], plain: Any) -> Value:
    """The value of that type that ``to_json`` turned into ``plain``.

    Raises:
        ValueError, TypeError, IndexError: ``plain`` is no such value.
    """
    whole: Any = kind
    value: Value = _maker(whole)(plain)
    return value


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
        (make,) = (_maker(kind) for kind in inner if kind is not NoneType)
        return lambda plain: None if plain is None else make(plain)
    if origin is Literal:
        return str
    if kind is Path:
        return Path
    if is_dataclass(kind) or (isinstance(kind, type) and issubclass(kind, tuple)):
        # A field's order is that of its type hint, in dataclasses and in named tuples.
        makers = [_maker(hint) for hint in get_type_hints(kind).values()]
        build: Any = kind
        return lambda plain: build(*(make(item) for make, item in zip(makers, plain, strict=True)))
    return _checked(kind)


def _tuples(inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    makers = [_maker(kind) for kind in inner if kind is not Ellipsis]
    if Ellipsis in inner:
        return lambda plain: tuple(map(makers[0], plain))
    return lambda plain: tuple(make(item) for make, item in zip(makers, plain, strict=True))


def _checked(kind: type) -> Callable[[Any], Any]:
    def make(plain: Any) -> Any:
        if isinstance(plain, kind) or (kind is float and isinstance(plain, int)):
            return plain
        raise TypeError(f"{plain!r} is no {kind.__name__}")

    return make
