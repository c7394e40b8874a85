"""Turn a random generator into a folder with files and a command line, and run it in this process.

A run is good if its exit code is 0, 1, 2, 3 or 130, a failure is one sentence, and no file has changed or gone that was
not named as a result.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from pathlib import Path
from random import Random

CODES = (0, 1, 2, 3, 130)
"""Exit codes that the program may have."""
STORY = 'The kettle sang.\n\n"See to that," said Maud.\n\n"You do," Walter agreed. "It is cold."\n'
CASTING = "schema: audiodrama/casting 1\nengine: tone\nnarrator: 200Hz\n"
SETTINGS = 'engine = "tone"\nnarrator = "200Hz"\njobs = 1\nkeep-notes = true\n'
SCRIPT = "schema: audiodrama/script 1\nlines:\n- narrator: A bell.\n- cue: bell\n  sound: o.mp3\n- Maud: Hello.\n"
_CONTENTS = (STORY, CASTING, SCRIPT, "", "\0\1\2", "{}", "[]", "roles: [", "ID3 music", "\ufeff", "x" * 500)
_NAMES = ("s.txt", "t.md", "casting.yaml", "s.script.yaml", "s.decisions.yaml", "o.mp3", "r.json", "p.svg", "own.yaml")
_SETTINGS = "audiodrama.toml"
_PLACES = (
    *_NAMES,
    ".",
    "..",
    "-",
    "dir",
    "dir/x.mp3",
    "none/x.mp3",
    "/dev/null",
    "link",
    "loop",
    "é.mp3",
    "",
    "a" * 300,
)
_COMMANDS = {
    "produce": "S -o --report --picture --casting --takes -j -q --keep-notes --drop-tags --force",
    "extract": "S -o --casting --format --keep-notes --drop-tags --force -q",
    "people": "S --casting --json",
    "review": "S --casting --from --below --all --list --keep-notes",
    "cast": "S -o -q",
    "batch": "S --report --casting --takes -j -q --keep-notes --force",
    "measure": "S",
    "voices list": "--engine --gender",
    "takes info": "--takes",
    "new": "S",
    "config": "S --init --here",
}
"""What each command takes; S is a story, a file or a folder."""
_RESULTS = ("-o", "--report", "--picture")
_PATHS = (*_RESULTS, "--casting", "--takes", "--from")
_VALUES: dict[str, tuple[str, ...]] = {
    "-j": ("1", "2", "x"),
    "--below": ("0", "1", "7"),
    "--format": ("yaml", "spans", "x"),
}
_VALUES |= {"--engine": ("tone", "espeak", "x"), "--gender": ("female", "x")}


def run_one(random: Random) -> str | None:
    """What is wrong with one random run, with its command line; None if nothing is."""
    from typer.testing import CliRunner

    from audiodrama.cli import app
    from audiodrama.errors import AudiodramaError

    before_folder = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="audiodrama-", ignore_cleanup_errors=True) as name:
        folder = Path(name) / "work"
        _fill(folder, random)
        arguments = command_line(random)
        _fill_user_settings(Path(name), random)
        before = _contents(folder)
        os.chdir(folder)
        try:
            environment = {"XDG_CACHE_HOME": random.choice([str(Path(name) / "cache"), "/dev/null/x"])}
            environment["XDG_CONFIG_HOME"] = random.choice([name, "/dev/null/x"])
            result = CliRunner().invoke(app, arguments, input=random.choice([STORY, ""]), env=environment)
        finally:
            os.chdir(before_folder)
        fault = _changed(before, _contents(folder), arguments)
    expected = result.exception is None or isinstance(result.exception, (SystemExit, AudiodramaError))
    if not expected:
        fault = f"{type(result.exception).__name__}: {result.exception}"
    elif isinstance(result.exception, AudiodramaError) and "\n" in str(result.exception):
        fault = f"more than a sentence: {result.exception}"
    elif result.exit_code not in CODES:
        fault = f"exit code {result.exit_code}"
    return f"{arguments}: {fault}" if fault else None


def command_line(random: Random) -> list[str]:
    """Arguments that may or may not make sense."""
    command = random.choice(list(_COMMANDS))
    arguments, options = command.split(), _COMMANDS[command].split()
    if options[0] == "S":
        arguments.append(random.choice(_PLACES) if random.random() < 0.5 else "s.txt")
    for option in random.sample(options, random.randrange(min(4, len(options)) + 1)):
        if option in _PATHS:
            arguments += [option, random.choice(_PLACES)]
        elif option in _VALUES:
            arguments += [option, random.choice(_VALUES[option])]
        elif option != "S":
            arguments.append(option)
    if command == "batch":
        arguments += ["-o", random.choice(_PLACES)]
    if random.random() < 0.05:
        arguments.append(random.choice(["--help", "--nonsense", *_PLACES]))
    # Nearly all productions are planned only: a process for each of ten thousand takes hours.
    if command in ("produce", "batch") and random.random() < 0.97:
        arguments.append("--dry-run")
    return arguments


def _fill(folder: Path, random: Random) -> None:
    """Make a folder with some of the names, and links."""
    (folder / "dir").mkdir(parents=True)
    (folder / "s.txt").write_text(STORY, encoding="utf-8")
    for name in _NAMES:
        if random.random() < (0.1 if "decisions" in name else 0.4):
            fitting = SCRIPT if ".script" in name else CASTING if name.endswith(".yaml") else STORY
            content = fitting if random.random() < 0.7 and "decisions" not in name else random.choice(_CONTENTS)
            (folder / name).write_text(content, encoding="utf-8")
    if random.random() < 0.2:
        (folder / _SETTINGS).write_text(_settings(random), encoding="utf-8")
    if os.name != "nt":
        os.symlink(random.choice(_NAMES), folder / "link")
        os.symlink("loop", folder / "loop")


def _fill_user_settings(place: Path, random: Random) -> None:
    """Have the user whose settings are in ``place`` have some, or none."""
    (place / "audiodrama").mkdir()
    if random.random() < 0.2:
        (place / "audiodrama" / "config.toml").write_text(_settings(random), encoding="utf-8")


def _settings(random: Random) -> str:
    return SETTINGS if random.random() < 0.7 else random.choice(_CONTENTS)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and not path.is_symlink()}


def _changed(before: dict[str, bytes], after: dict[str, bytes], arguments: list[str]) -> str | None:
    """The file that was changed or lost although the user neither named it as a result nor had it extended."""
    may = {Path(value).name for option, value in itertools.pairwise(arguments) if option in _RESULTS}
    may |= {"link"} if "link" in may else set()
    if "--force" in arguments or "link" in may:
        may |= set(_NAMES) - {"s.txt"}
    may |= {"casting.yaml"} if arguments[0] == "cast" else {"s.decisions.yaml"} if arguments[0] == "review" else set()
    lost = [name for name, content in before.items() if name not in may and after.get(name) != content]
    return f"{lost[0]} has changed" if lost else None
