"""The patterns by which English tells a letter in quotation marks from a speech.

Behind each alternative stands an example, and in brackets a file of ``tests/cases`` that fails without it.
"""

from __future__ import annotations

import re

from audiodrama.script.language.lists import Lists
from audiodrama.script.language.quote_patterns import LetterPatterns


def letter_patterns(lists: Lists) -> LetterPatterns:
    """Compile them, with the verbs of the lists."""
    verbs = {"says": lists.one_of("letter_verbs"), "wrote": lists.one_of("writing_verbs")}
    return LetterPatterns(
        salutation=re.compile(_SALUTATION, re.I | re.X),
        closing=re.compile(_CLOSING, re.I | re.X),
        announced=re.compile(_ANNOUNCED.format(**verbs), re.I | re.X),
        aloud=re.compile(_ALOUD, re.X),
    )


_SALUTATION = r"""
    \W*
    (?: (?: my | our ) [ ] (?: own [ ] | very [ ] | most [ ] )? )?
    (?: (?: dear | dearest | darling | honou?red | beloved ) \b [^.!?\n]{0,50}? [,:—–-]
    # My dear Meg, [quotes/letter-with-greeting]
    | to [ ] whom [ ] it [ ] may [ ] concern  # To whom it may concern:
    )
"""
_CLOSING = r"""
    \W*
    (?: (?: i [ ] am | i [ ] remain | believe [ ] me | with [ ] love ) ,? [ ] )?
    (?: (?: ever | always | most | very | and ) ,? [ ] )*
    (?: yours \b  # Ever yours,
    | your [ ] (?: \w+ ,? [ ] ){0,4}  # Your obedient, humble servant,
        (?: servant | friend | sister | brother | son | daughter | mother | father | cousin | aunt | uncle | nephew
        | niece | husband | wife | child ) \b
    | believe [ ] me ,? [ ]* \W* $  # Believe me,
    | i [ ] (?: am | remain ) ,? [ ] (?: dear | sir | madam | &c )  # I remain, dear sir,
    | (?: sincerely | faithfully | truly | affectionately | respectfully ) \b  # Sincerely,
    | with [ ] (?: all [ ] my [ ] )? love \W  # With all my love,
    | (?: kind | best | warm ) [ ] (?: regards | wishes )  # Best wishes,
    )
    [^.!?]{0,60} \W* $
"""
_ANNOUNCED = r"""
    \b (?: letters? | notes? | telegram | wire | cable | postcard | e-?mail | epistle | contents | handwriting
        | {wrote} | as [ ] follows | these [ ] lines ) \b
        [^.!?\n]{{0,90}}
        (?: : | — | -- | follows\.?  # The letter ran as follows: [quotes/letter-announced]
        | (?: {says} ) \b [^.!?\n]{{0,20}} \.  # This is what the note said.
        ) \W* $
    | \b following [ ] (?: letter | note | telegram | message | lines ) \b [^.!?\n]{{0,90}} $  # the following note
    | \b (?: was | were ) [ ] (?: the | her | his | its ) [ ] (?: letter | note | contents | lines ) \W* $
        # This was her note:
"""
_ALOUD = r"""
    \b
    (?: aloud | out [ ] loud  # He read aloud: [quotes/letter-read-aloud]
    | read (?: s | ing )? [ ] (?: \w+ [ ] ){0,2} (?: out | to )  # She read the note out
    | dictat (?: ed | es | ing )  # He dictated:
    | recit (?: ed | es | ing )  # She recited:
    ) \b
"""
