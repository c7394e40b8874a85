"""Turn the keys of a settings file into an example for users: each with what it does, and none of them in force."""

from __future__ import annotations

from audiodrama.cli.settings.registry import SETTINGS

_OWN = "Your settings for audiodrama, in every folder; audiodrama.toml in a folder goes before them there."
_FOLDER = "The settings for audiodrama in this folder; they go before those of each user."


def example(*, own: bool) -> str:
    """The text of a settings file in which every key is a comment.

    Args:
        own: whether it is the user's own file, not a folder's, which may not say everything.
    """
    lines = [
        f"# {_OWN if own else _FOLDER}",
        "# Options on the command line and the story's casting file go before both: `audiodrama config` has the order.",
        "# Remove the # before a KEY = VALUE to have it count.",
    ]
    for setting in SETTINGS:
        if own or not setting.own_only:
            lines += ["", f"# {setting.about} Without it: {setting.built_in}.", f"#{setting.key} = {setting.example}"]
    return "\n".join(lines) + "\n"
