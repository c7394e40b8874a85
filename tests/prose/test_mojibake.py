"""Text that was decoded by the wrong table is refused or mended; Western text never is."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from audiodrama import prose
from audiodrama.errors import ProseError
from audiodrama.prose.mojibake import is_misread, mended
from tests.conftest import SCRIPTS
from tests.helpers.cases import CASES

STORY = "“Zoë—come in,” said the café’s owner.\n\nShe did. “It’s warm,” she said… and sat down.\n"
RUSSIAN = "Ветер дул с моря. Закрой дверь, сказала Анна. Он закрыл дверь и сел на скамью.\n"
OLDER = {
    **dict.fromkeys(("koi8-r", "cp1251", "iso8859-5"), RUSSIAN),
    **dict.fromkeys(("shift_jis", "euc_jp"), "風が海から吹いていた。「ドアを閉めて」とアンナは言った。\n"),
    "gbk": "风从海上吹来。关上门，安娜说。他关上门，坐下。\n",
    "big5": "風從海上吹來。關上門，安娜說。他關上門，坐下。\n",
    "cp1253": "Ο άνεμος ερχόταν από τη θάλασσα. Κλείσε την πόρτα, είπε.\n",
}


@pytest.mark.parametrize("encoding", OLDER)
def test_an_older_encoding_that_is_not_western_is_to_be_saved_as_utf_8(encoding: str, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_bytes(OLDER[encoding].encode(encoding))
    with pytest.raises(ProseError, match="save it as UTF-8 and give that"):
        prose.read(story)


def test_cyrillic_that_was_decoded_wrongly_and_saved_is_refused(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(RUSSIAN.encode("cp1251").decode("latin-1"), "utf-8")
    with pytest.raises(ProseError, match="save the original as UTF-8"):
        prose.read(story)


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("text", [STORY, RUSSIAN])
def test_utf_8_that_was_taken_for_windows_1252_is_mended_with_a_warning(
    text: str, times: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    misread = text
    for _ in range(times):
        misread = misread.encode("utf-8").decode("cp1252", "cp1252-gaps")
    (tmp_path / "story.txt").write_bytes(misread.encode("utf-8"))
    with caplog.at_level(logging.WARNING):
        assert prose.read(tmp_path / "story.txt").source == text
    assert "was taken for Windows-1252" in caplog.text


def test_our_stories_and_cases_and_western_text_are_neither_misread_nor_mended() -> None:
    paths = [*CASES.rglob("*.txt"), *SCRIPTS.glob("*.txt"), *SCRIPTS.glob("*.md")]
    texts = [path.read_text("utf-8") for path in paths] + [
        "«CAFÉ» «FINITÉ» “café”… “Zoë”—… NÃO! MÃE! Ã\n",
        "Þá kom hún að húsinu og sá að þar var ljós í glugga.\n",
        "“À—… É!” “Où ça?” «Là-bas, près de l’église.»\n",
    ]
    assert [text[:60] for text in texts if is_misread(text, fallback=True) or mended(text)[1]] == []
