"""Check what a caller of the library gives a function, so that a slip is one sentence and not a traceback inside.

The annotations of a public function say what it takes; texts, numbers and the package's own values are held to them.
Names of files have a check of their own (``file_path.py``).
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from audiodrama.errors import InputError

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

PLAIN = {"str": (str, "a text"), "int": (int, "a whole number"), "bool": (bool, "True or False")}
"""Built-in types by their name in an annotation: the type, and its name in a message."""
_SHOWN = 60


def checked(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """A public function that first compares its arguments with its annotations.

    Raises:
        InputError: by the function that is returned, about the first argument of another type.
    """

    @wraps(function)
    def call(*given: Arguments.args, **named: Arguments.kwargs) -> Result:
        arguments = _signature(function).bind(*given, **named).arguments
        check({name: (_signature(function).parameters[name].annotation, value) for name, value in arguments.items()})
        return function(*given, **named)

    return call


_signature = cache(inspect.signature)


def check(values: Mapping[str, tuple[str, object]]) -> None:
    """Compare values with annotations.

    Args:
        values: by its name, the annotation as it is written, and the value.

    Raises:
        InputError: a value is of none of the types that its annotation has.
    """
    for name, (annotation, value) in values.items():
        kinds = annotation.split(" | ")
        if value is None and "None" in kinds:
            continue
        wanted = [_wanted(kind) for kind in kinds if kind != "None"]
        if None in wanted:
            continue
        if not any(_is(value, type) for type, _ in filter(None, wanted)):
            words = " or ".join(text for _, text in filter(None, wanted))
            shown = repr(value) if len(repr(value)) <= _SHOWN else f"a value of the type {type(value).__name__}"
            raise InputError(f"{name} must be {words}, not {shown}.")


def _wanted(kind: str) -> tuple[type, str] | None:
    """The type that an annotation names and its name in a message; None where it cannot be compared here."""
    if kind in PLAIN:
        return PLAIN[kind]
    if kind.startswith("tuple["):
        return tuple, "a tuple"
    type = _public_type(kind)
    return None if type is None else (type, f"an audiodrama.{kind}")


def _public_type(name: str) -> type | None:
    package = sys.modules["audiodrama"]
    value = getattr(package, name) if name in package.__all__ else None
    return value if isinstance(value, type) else None


def _is(value: object, wanted: type) -> bool:
    """Whether a value is of a type, or has all that a protocol asks for; True is no number."""
    if getattr(wanted, "_is_protocol", False):
        return all(hasattr(value, name) for name in vars(wanted) if not name.startswith("_"))
    return isinstance(value, wanted) and (wanted is not int or not isinstance(value, bool))


def check_fields(value: Any) -> None:
    """Compare the fields of a dataclass with their annotations.

    Raises:
        InputError: a field is of another type.
    """
    check({name: (field.type, getattr(value, name)) for name, field in value.__dataclass_fields__.items()})
