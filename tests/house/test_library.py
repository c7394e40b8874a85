"""The library keeps its word: a file may be named by a text or a path, and what is wrong is an AudiodramaError."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import audiodrama
from audiodrama import AudiodramaError, Options
from tests.conftest import TONE_CASTING

FUNCTIONS = {name: getattr(audiodrama, name) for name in audiodrama.__all__}
FUNCTIONS = {name: value for name, value in FUNCTIONS.items() if inspect.isfunction(value)}
"""Every public function, and the one method that takes a folder."""
FUNCTIONS["Performance.of"] = audiodrama.Performance.of


class FolderEntry:
    """A path-like value that is no Path, as ``os.scandir`` gives."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __fspath__(self) -> str:
        return self._path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A story with a script, a casting and decisions beside it, and a sound."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "s.txt").write_text('"Who is it?" said Maud.\n\n"The post," said Walter.\n', encoding="utf-8")
    (folder / "casting.yaml").write_text(TONE_CASTING, encoding="utf-8")
    (folder / "d.yaml").write_text("schema: audiodrama/decisions 1\ndecisions: []\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        audiodrama.write_script(folder / "s.txt", Options(), folder / "in.script.yaml")
        audiodrama.preview("300Hz", folder / "sound.mp3", engine="tone")
    return folder


class Calls:
    """A good call of every public function: its arguments by name, with files of ``folder`` as texts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.options = Options(takes=self.name("takes"))
        self.pool = audiodrama.LocalPool(1)

    def name(self, file: str) -> str:
        return str(self.folder / file)

    def arguments(self, function: str) -> dict[str, Any]:
        """The arguments by name."""
        story, output = self.name("s.txt"), self.name("out.mp3")
        script = audiodrama.adapt(audiodrama.read(story))
        simple: dict[str, Callable[[], dict[str, Any]]] = {
            "forecast": lambda: {"story": story, "output": output, "options": self.options},
            "forecast_all": lambda: {"stories": story, "folder": self.name("all"), "options": self.options},
            "load_casting": lambda: {"path": self.name("casting.yaml")},
            "load_decisions": lambda: {"path": self.name("d.yaml")},
            "load_script": lambda: {"path": self.name("in.script.yaml")},
            "measure": lambda: {"file": self.name("sound.mp3")},
            "preview": lambda: {
                "voice": "300Hz",
                "output": output,
                "engine": "tone",
                "text": "Yes.",
                "takes": self.name("takes"),
            },
            "produce": lambda: {"story": story, "output": output, "options": self.options, "jobs": 1},
            "produce_all": lambda: {
                "stories": story,
                "folder": self.name("all"),
                "options": self.options,
                "pool": self.pool,
                "report": self.name("report.json"),
            },
            "read": lambda: {"story": story},
            "save_script": lambda: {"script": script, "path": self.name("saved.yaml")},
            "takes_folder": lambda: {"asked": self.name("takes")},
            "write_casting": lambda: {"story": story, "output": self.name("drafted.yaml")},
            "write_script": lambda: {"story": story, "options": self.options, "output": self.name("w.yaml")},
        }
        return simple[function]() if function in simple else self._step(function, script)

    def _step(self, function: str, script: audiodrama.Script) -> dict[str, Any]:
        """The arguments of a step in the middle of a production."""
        takes, nothing = self.name("takes"), audiodrama.NullProgress()
        casting = audiodrama.load_casting(self.name("casting.yaml"))
        if function == "voices":
            return {"engine": "tone", "gender": "female"}
        if function == "adapt":
            return {"material": audiodrama.read(self.name("s.txt")), "options": self.options}
        if function == "fill":
            return {"script": script, "casting": casting, "options": self.options, "catalog": audiodrama.VoiceCatalog()}
        cast = audiodrama.fill(script, casting)
        if function == "Performance.of":
            return {"script": script, "cast": cast, "folder": takes}
        performance = audiodrama.Performance.of(script, cast, takes)
        if function == "record":
            return {"need": performance.need, "pool": self.pool, "sounds_folder": self.folder, "progress": nothing}
        recording = audiodrama.record(performance.need, self.pool, self.folder, nothing)
        if function == "arrange":
            return {"performance": performance, "recording": recording}
        assert function == "render", f"say here how {function} is called"
        repairer = audiodrama.TakeRepairer(performance.script_and_cast, recording)
        return {
            "mix": audiodrama.arrange(performance, recording).mix,
            "tags": performance.tags,
            "output": self.name("rendered.mp3"),
            "pool": self.pool,
            "progress": nothing,
            "repair": repairer,
            "folder": takes,
        }


def annotations_of(function: Callable[..., Any]) -> dict[str, str]:
    return {name: str(each.annotation) for name, each in inspect.signature(function).parameters.items()}


WITH_PATHS = {
    name: [parameter for parameter, type in annotations_of(function).items() if "Path" in type]
    for name, function in FUNCTIONS.items()
}
WITH_PATHS = {name: parameters for name, parameters in WITH_PATHS.items() if parameters}
"""The parameters that name a file or a folder, by function."""


def test_every_function_with_a_path_says_that_a_text_will_do() -> None:
    assert len(WITH_PATHS) >= 17
    for name, parameters in WITH_PATHS.items():
        for parameter in parameters:
            kinds = annotations_of(FUNCTIONS[name])[parameter].replace("Iterable[StrPath]", "StrPath")
            assert set(kinds.split(" | ")) <= {"StrPath", "None"}, f"{name}({parameter})"


@pytest.mark.parametrize("name", WITH_PATHS)
def test_a_function_takes_texts_and_paths_and_path_like_values_alike(name: str, folder: Path) -> None:
    calls = Calls(folder)
    for kind in (str, Path, FolderEntry):
        arguments = calls.arguments(name)
        paths = {parameter: kind(os.fspath(arguments[parameter])) for parameter in WITH_PATHS[name]}
        FUNCTIONS[name](**{**arguments, **paths})


NAMES_OF_NOTHING: tuple[Any, ...] = (b"s.txt", 5, 1.5, [None], {}, object(), "", "a\0b", "\ud800")
"""What is no name of a file on any system."""
BAD_FILES = {
    "binary.txt": bytes(range(256)) * 4,
    "binary.yaml": bytes(range(256)) * 4,
    "empty.yaml": b"",
    "list.yaml": b"- 1\n- 2\n",
    "schema.yaml": b"schema: nothing/known 7\n",
    "open.yaml": b"roles: [1\n",
    "text.mp3": b"hello",
}
"""Files whose content is not what their names say."""
BAD_PLACES = (*BAD_FILES, ".", "missing/s.txt", "missing/s.yaml", "binary.txt/s.mp3", f"{'x' * 300}.yaml", "loop.mp3")
"""Names that can be given, but not of what is asked for; all of them in the test's own folder."""


@pytest.mark.parametrize("name", WITH_PATHS)
def test_what_is_no_name_of_a_file_is_an_error_of_the_package(name: str, folder: Path) -> None:
    arguments = Calls(folder).arguments(name)
    for parameter in WITH_PATHS[name]:
        for value in NAMES_OF_NOTHING:
            with pytest.raises(AudiodramaError):
                FUNCTIONS[name](**{**arguments, parameter: value})


@pytest.mark.parametrize("name", WITH_PATHS)
def test_a_missing_file_a_folder_or_a_wrong_content_is_an_error_of_the_package_at_most(
    name: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = Calls(folder).arguments(name)
    monkeypatch.chdir(tmp_path)
    for parameter in WITH_PATHS[name]:
        for place in BAD_PLACES:
            for file, content in BAD_FILES.items():
                Path(file).write_bytes(content)
            with suppress(FileExistsError):
                os.symlink("loop.mp3", "loop.mp3")
            with suppress(AudiodramaError):
                FUNCTIONS[name](**{**arguments, parameter: place})


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_argument_of_another_type_is_an_error_of_the_package(name: str, folder: Path) -> None:
    arguments = Calls(folder).arguments(name)
    for parameter, annotation in annotations_of(FUNCTIONS[name]).items():
        if annotation not in UNCHECKED:
            with pytest.raises(AudiodramaError, match=r"must be|does not name"):
                FUNCTIONS[name](**{**arguments, parameter: object()})


UNCHECKED = ("Mix", "Repair", "sound.FileTags")
"""What only another function of the package makes."""


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: audiodrama.Endpoint(5, "m"), "texts, not 5"),  # type: ignore[arg-type]
        (lambda: audiodrama.Timeouts(request="1"), "not '1'"),  # type: ignore[arg-type]
        (lambda: audiodrama.Timeouts(retries=-1), "0 or more"),
        (lambda: audiodrama.LocalPool("2"), "jobs must be a whole number from 1, not"),  # type: ignore[arg-type]
        (lambda: audiodrama.ClusterPool(5), "no scheduler's address"),  # type: ignore[arg-type]
        (lambda: audiodrama.VoiceCatalog().voices(5), "no engine '5'"),  # type: ignore[arg-type]
        (lambda: Options(llm="http://localhost"), "llm must be an audiodrama.Endpoint"),  # type: ignore[arg-type]
        (lambda: Options(keep_notes="no"), "keep_notes must be True or False"),  # type: ignore[arg-type]
        (lambda: audiodrama.produce("s.txt", "o.mp3", jobs=True), "jobs must be a whole number, not True"),
    ],
)
def test_a_value_that_cannot_be_used_has_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(AudiodramaError, match=sentence):
        call()


@pytest.mark.parametrize("value", [b"c.yaml", 5, "", "a\0b"])
def test_options_name_files_by_texts_and_refuse_what_names_none(value: Any) -> None:
    assert Options(casting="c.yaml", takes="t") == Options(casting=Path("c.yaml"), takes=Path("t"))
    for field in ("casting", "takes"):
        with pytest.raises(AudiodramaError, match=r"give a|holds a character"):
            Options(**{field: value})
