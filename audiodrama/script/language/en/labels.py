"""The patterns by which English names its speakers in plays, screenplays, chats and interviews.

Behind each alternative stands an example, and in brackets a file of ``tests/cases`` that fails without it.
"""

from __future__ import annotations

import re

from audiodrama.script.language.label_patterns import LabelPatterns
from audiodrama.script.language.lists import Lists


def label_patterns(lists: Lists) -> LabelPatterns:
    """Compile them."""
    groups = {name: frozenset(words) for name, words in lists.groups.items()}
    return LabelPatterns(
        scene_heading=re.compile(_SCENE_HEADING, re.X),
        transition=re.compile(_TRANSITION, re.X),
        no_delivery=re.compile(_NO_DELIVERY, re.I | re.X),
        aside=re.compile(_ASIDE, re.X),
        aside_in_play=re.compile(_ASIDE + _SENTENCE_IN_BRACKETS, re.X),
        speakers_joined=re.compile(r" and | & | / |/| \+ "),
        name_part=re.compile(_NAME_PART, re.X),
        no_names=groups["no_label"],
        links=groups["label_links"],
        small=groups["label_small"],
        article="the",
        crowd=groups["label_crowd"] | {"the others"},
        narrators=groups["label_narrator"] | {"the narrator"},
        unknown=frozenset(("unknown", "?", "???")),
        old=groups["label_old"],
    )


_SCENE_HEADING = r"""
    (?: \d{1,4} [A-Z]? \.? [ ] )?  # 12A. INT. KITCHEN [scripts/screenplay-as-fountain-writes-it]
    (?: (?: INT | EXT | EST | I/E ) \b [./ ]  # EXT. HARBOUR [scripts/screenplay]
    | (?: Int | Ext ) \. [ /]  # Int. KITCHEN [scripts/screenplay-as-fountain-writes-it]
    ) [^a-z]
    | \. [A-Z0-9] [^a-z]{2}  # .BEHIND THE BAR, as Fountain forces one [scripts/screenplay-as-fountain-writes-it]
"""
_TRANSITION = r"""
    (?: [A-Z][A-Z ]{0,30} [ ] TO  # CUT TO: [scripts/screenplay]
    | FADE [ -] (?: IN | OUT | UP | TO [ ] BLACK )  # FADE IN: [scripts/screenplay]
    | (?: CUT | SMASH [ ] CUT | DISSOLVE ) [ ] TO [ ] BLACK  # CUT TO BLACK. [scripts/screenplay-as-fountain-writes-it]
    | INTERCUT | DISSOLVE | BLACKOUT  # BLACKOUT. [scripts/screenplay-as-fountain-writes-it]
    ) [:.]{0,3}
    | > [ ]? [^<]{1,60}  # > Burn to white., as Fountain forces one [scripts/screenplay-as-fountain-writes-it]
"""
_NO_DELIVERY = r"""
    (?: cont  # (CONT'D) [forms/words-beside-a-label-that-are-no-manner]
    | v\.?[ ]?o | o\.?[ ]?[sc]  # (V.O.), (O.S.) [forms/words-beside-a-label-that-are-no-manner]
    | off | on | into | over  # (ON PHONE), (INTO RADIO) [forms/words-beside-a-label-that-are-no-manner]
    | filter | pre-?lap | subtitle  # (FILTERED), (PRE-LAP) [forms/words-beside-a-label-that-are-no-manner]
    ) \b
"""
_ASIDE = r"""
    ^ \( [^()]{1,120} \)  # (softly) at a speech's start [forms/asides-in-a-play]
    | \[ [^\[\]]{1,200} \]  # [rising] [scripts/interview]
    | \( [a-z]{2,20} (?: s | ing | ly ) \)  # (laughs), (laughing), (softly) [scripts/screenplay-as-fountain-writes-it]
"""
_SENTENCE_IN_BRACKETS = r"""
    | \( [A-Z] [^()]{0,160} [.!] \)  # (He rises.) [scripts/play-in-printed-form]
"""
_NAME_PART = r"""
    (?<!['’]) [^\W\d_]+ (?: ['’]S \b )?  # a word, with a possessive: KING'S [forms/parts-of-a-label]
    | (?<=['’]) [^\W\d_]{2,}  # what follows an apostrophe: O'BRIEN [forms/parts-of-a-label]
"""
