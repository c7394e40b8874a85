"""The ranker's weights: they load, they are rebuilt bit for bit, and training learns what there is to learn."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from audiodrama.bench.__main__ import main
from audiodrama.bench.training.boosting import Hyperparameters, boost, predict
from audiodrama.bench.training.examples import Example
from audiodrama.bench.training.litbank import bare_name, read_litbank
from audiodrama.bench.training.masked_tags import mask
from audiodrama.bench.training.train import calibrate
from audiodrama.errors import InputError, InternalError
from audiodrama.script.attribution.features import NAMES
from audiodrama.script.attribution.ranker import Ranker, parse_weights, shipped
from tests.conftest import ROOT

TEXT = (
    "Captain Osric stood on the quay with Miss Hale .\n"
    "“ The tide is late , ” said Captain Osric .\n"
    "“ Tides are never late , ” said Miss Hale .\n"
    "“ This one is . ”\n"
    "She laughed .\n"
    "“ Then wait for it , ” she said .\n"
)
QUOTES = (
    "QUOTE\tQ1\t1\t0\t1\t6\t-\nQUOTE\tQ2\t2\t0\t2\t6\t-\nQUOTE\tQ3\t3\t0\t3\t5\t-\nQUOTE\tQ4\t5\t0\t5\t6\t-\n"
    "ATTRIB\tQ1\tCaptain_Osric-0\nATTRIB\tQ2\tMiss_Hale-1\nATTRIB\tQ3\tCaptain_Osric-0\nATTRIB\tQ4\tMiss_Hale-1\n"
)


@pytest.fixture
def litbank(tmp_path: Path) -> Path:
    folder = tmp_path / "litbank" / "quotations" / "tsv"
    folder.mkdir(parents=True)
    for number in range(6):
        (folder / f"{number}_quay_brat.txt").write_text(TEXT, encoding="utf-8")
        (folder / f"{number}_quay_brat.ann").write_text(QUOTES, encoding="utf-8")
    return tmp_path / "litbank"


def test_the_shipped_weights_are_small_and_belong_to_the_features() -> None:
    assert shipped().trees
    weights = ROOT / "audiodrama" / "script" / "attribution" / "ranker.json"
    assert weights.stat().st_size < 2_000_000


def test_the_shipped_confidence_rises_with_the_likelihood() -> None:
    shares = [shipped().confidence(step / 100) for step in range(101)]
    assert shares == sorted(shares)
    assert 0.0 <= shares[0] < 0.6 < 0.9 < shares[-1] < 1.0


def test_weights_for_other_features_are_refused() -> None:
    with pytest.raises(InternalError, match="train them anew"):
        parse_weights('{"features": ["luck"], "trust": 1.0, "trees": [], "confidence": [0, 1]}')


def test_training_twice_writes_the_same_bytes(litbank: Path, tmp_path: Path) -> None:
    written = []
    for name in ("one.json", "two.json"):
        assert main(["train", str(litbank), "-o", str(tmp_path / name)]) == 0
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    assert parse_weights(written[0].decode()).trees


def test_a_folder_without_the_corpus_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(tmp_path), "-o", str(tmp_path / "w.json")]) == 2
    assert "holds no LitBank" in capsys.readouterr().err
    with pytest.raises(InputError):
        read_litbank(tmp_path)


def test_paragraphs_of_litbank_are_laid_as_speakers_change(litbank: Path) -> None:
    paragraphs = read_litbank(litbank)[0].text.split("\n\n")
    assert paragraphs == [
        "Captain Osric stood on the quay with Miss Hale.",
        "“The tide is late,” said Captain Osric.",
        "“Tides are never late,” said Miss Hale.",
        "“This one is.”",
        "She laughed. “Then wait for it,” she said.",
    ]


def test_labels_of_litbank_lie_on_the_words_that_were_labelled(litbank: Path) -> None:
    sample = read_litbank(litbank)[0]
    labelled = [(sample.text[spoken.start : spoken.end], spoken.speaker) for spoken in sample.spoken]
    assert labelled[2:] == [("“This one is.”", "Captain Osric"), ("“Then wait for it,”", "Miss Hale")]


def test_a_label_of_litbank_becomes_a_name() -> None:
    assert bare_name("Mr__Rapponi-6") == "Mr. Rapponi"


def test_masked_tags_leave_the_name_as_the_label_only() -> None:
    story = '"Is it heavy?" asked Harriet.\n\n"It is a feather," said Edmund.\n\n"Whose?" asked Harriet.'
    samples = mask("feather", story, 0.3)
    assert samples
    for sample in samples:
        for spoken in sample.spoken:
            assert spoken.speaker in ("Harriet", "Edmund")
            assert spoken.speaker not in sample.text[spoken.start : spoken.end]


def example(text: str, named: bool, best: int) -> Example:
    """Two candidates that differ in one feature, which decides."""
    rows = tuple(tuple(float(name == "tag_agrees" and at == best) for name in NAMES) for at in (0, 1))
    return Example(text, rows, (-0.7, -0.7), (best == 0, best == 1), 1.0, "told" if named else "hinted")


def test_boosting_learns_what_decides_and_leaves_turns_with_a_named_speaker_alone() -> None:
    examples = [example(str(number % 5), False, number % 2) for number in range(80)]
    plan = Hyperparameters(rounds=40)
    trees = boost(examples, plan)
    (first, second), named = predict(trees, [example("x", False, 1), example("x", True, 1)], plan.trust)
    assert second > 0.7 > first
    assert named == (0.5, 0.5)


def test_calibration_finds_the_share_that_is_right_at_each_likelihood() -> None:
    left_out = [(likely, at < 1000 * true, 1.0) for likely, true in ((0.6, 0.7), (0.8, 0.88)) for at in range(1000)]
    shift, stretch = calibrate(left_out)
    ranker = Ranker(1.0, (), shift, stretch)
    assert ranker.confidence(0.6) == pytest.approx(0.7, abs=0.005)
    assert ranker.confidence(0.8) == pytest.approx(0.88, abs=0.005)


def test_calibration_stays_finite_where_everything_is_right() -> None:
    assert all(map(math.isfinite, calibrate([(0.5 + at / 500, True, 0.6) for at in range(200)])))
