"""Turn the user's settings and the folder's into one answer for each key, and into what lies below a casting file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiodrama.cli.settings.settings_file import Given, Value, read_settings

if TYPE_CHECKING:
    from audiodrama.model import Casting


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings files say."""

    user: dict[str, Given] = field(default_factory=dict)
    """The user's own, by key."""
    folder: dict[str, Given] = field(default_factory=dict)
    """The working folder's, which go before those."""

    def find(self, key: str) -> Given | None:
        """What applies for a key; None where no file says it. An empty text says that there is to be none."""
        return self.folder.get(key) or self.user.get(key)

    def value(self, key: str) -> Value | None:
        """The value that applies for a key; None where no file gives one, or the text is empty."""
        given = self.find(key)
        return None if given is None or given.value == "" else given.value

    def default_casting(self) -> Casting:
        """What lies below every casting file: an engine and a narrator. A narrator is one of its own file's engine."""
        from audiodrama.files import join
        from audiodrama.model import Casting

        casting = Casting()
        for layer in (self.user, self.folder):
            if "engine" in layer or "narrator" in layer:
                from audiodrama.sound.engines import default_engine

                casting = join(casting, _casting_of(layer, default_engine()), default_engine())
                if "narrator" in layer and not layer["narrator"].value:
                    casting = Casting(engine=casting.engine, where=casting.where)
        return casting

    def options(self) -> dict[str, Any]:
        """The fields of ``Options`` that hold what a casting file, or the story, goes before."""
        return {"default_casting": self.default_casting(), "default_author": self.value("author") or ""}


def _casting_of(layer: dict[str, Given], default_engine: str) -> Casting:
    """A file's engine and narrator; an engine without a name is the platform's."""
    from audiodrama.model import NARRATOR, Casting, Role, Voice

    engine, narrator = layer.get("engine"), layer.get("narrator")
    return Casting(
        engine="" if engine is None else str(engine.value) or default_engine,
        where="" if engine is None else engine.where,
        narrator=Role(NARRATOR)
        if narrator is None
        else Role(NARRATOR, Voice(str(narrator.value)), where=narrator.where),
    )


def load_settings() -> Settings:
    """The settings of the user who is here, in this folder.

    Raises:
        InputError: a settings file has something that it may not have.
    """
    from audiodrama.files.paths import FOLDER_SETTINGS, user_settings_file

    return Settings(
        user=read_settings(user_settings_file(), own=True), folder=read_settings(Path(FOLDER_SETTINGS), own=False)
    )
