"""A text that is too long for one utterance is cut where nobody hears it."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiodrama.model import NARRATOR, Cast, Clip, Line, Role, Scene, Script, Utterance, Voice
from audiodrama.sound import RATE, RecordOrder, arrange, positions, record
from audiodrama.sound.takes.sentences import longest_text, texts_of

PARAGRAPH = (
    "Mr. Crane had let the shop to his niece, Dr. Orme, who sold kites. “Nobody flies them!” he said, and shut the "
    "door. On St. Brannock’s day the wind came up the hill; it took the sign, the awning and the hat of the vicar. "
    "By noon she had sold every kite but one. Would he fly it? He would not."
)


@pytest.mark.parametrize("longest", [70, 90, 120, 200])
def test_it_is_cut_behind_the_last_sentence_that_fits(longest: int) -> None:
    texts = texts_of(PARAGRAPH, longest)
    assert " ".join(texts) == PARAGRAPH
    assert max(map(len, texts)) <= longest
    assert all(text[-1] in ".!?;”," for text in texts)
    assert not any(text.endswith(("Mr.", "Dr.", "St.")) for text in texts)


def test_what_fits_is_left_alone() -> None:
    assert texts_of(PARAGRAPH, len(PARAGRAPH)) == (PARAGRAPH,)


@pytest.mark.parametrize(
    ("text", "longest", "texts"),
    [
        ("the lamp, the bell and the boat and the rope", 20, ("the lamp,", "the bell and the", "boat and the rope")),
        ("来了。他走了，她笑。来了。", 9, ("来了。", "他走了，她笑。", "来了。")),
        ("ha" * 10, 8, ("hahahaha", "hahahaha", "haha")),
        ("Well. ... ... ... ...", 8, ("Well.",)),
    ],
    ids=["no sentence", "no spaces", "no pause", "nothing to speak"],
)
def test_where_no_sentence_ends_it_is_cut_at_the_next_best_place(text: str, longest: int, texts: tuple[str]) -> None:
    assert texts_of(text, longest) == texts


def test_a_syllable_of_a_sign_lasts_longer_than_a_letter() -> None:
    assert longest_text("Come in.", 60, 1.0) == 900
    assert longest_text("Come in.", 60, 0.5) == 450
    assert longest_text("请进来。", 60, 1.0) == 300


@pytest.mark.parametrize("voice", ["en-us", "en-us+f3", "en-gb-scotland+m7"])
@pytest.mark.parametrize("rate", [0.7, 1.0, 1.4])
def test_takes_that_are_joined_last_as_long_as_the_text_spoken_at_once(tmp_path: Path, voice: str, rate: float) -> None:
    texts = texts_of(PARAGRAPH, 200)
    utterances = tuple(Utterance(text, "espeak", voice, rate) for text in (PARAGRAPH, *texts))
    whole, *parts = record(RecordOrder(utterances, tmp_path))
    script = Script((Scene((Line("narration", NARRATOR, PARAGRAPH),)),))
    timeline = arrange(script, Cast(Role(NARRATOR, Voice(voice, "espeak")), ()), (tuple(parts),), {})
    starts = positions(timeline, RATE)
    first, *_, last = (place for place, item in enumerate(timeline.items) if isinstance(item, Clip))
    assert len(parts) > 1
    # Between two sentences espeak-ng's frames make up to 20 ms; no listener hears a pause that is so much longer.
    difference = (starts[last + 1] - starts[first]) / RATE - whole.samples / whole.rate
    assert abs(difference) < 0.02 * len(parts)
