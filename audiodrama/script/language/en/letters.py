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
    | to [ ] whom [ ] it [ ] may [ ] concern  # To whom it may concern: [quotes/letters-with-every-ending]
    )
"""
_CLOSING = r"""
    \W*
    (?: (?: i [ ] am | i [ ] remain | believe [ ] me | with [ ] love ) ,? [ ] )?
    (?: (?: ever | always | most | very | and ) ,? [ ] )*
    (?: yours \b  # Ever yours, [quotes/letters-with-every-ending]
    | your [ ] (?: \w+ ,? [ ] ){0,4}  # Your obedient, humble servant, [quotes/letters-with-every-ending]
        (?: servant | friend | sister | brother | son | daughter | mother | father | cousin | aunt | uncle | nephew
        | niece | husband | wife | child ) \b  # Your loving niece, [quotes/letters-with-every-ending]
    | believe [ ] me ,? [ ]* \W* $  # Believe me, [quotes/letters-with-every-ending]
    | i [ ] (?: am | remain ) ,? [ ] (?: dear | sir | madam | &c )
    # I remain, dear sir, [quotes/letters-with-every-ending]
    | (?: sincerely | faithfully | truly | affectionately | respectfully ) \b
    # Sincerely, [quotes/letters-with-every-ending]
    | with [ ] (?: all [ ] my [ ] )? love \W  # With all my love, [quotes/letters-with-every-ending]
    | (?: kind | best | warm ) [ ] (?: regards | wishes )  # Best wishes, [quotes/letters-with-every-ending]
    )
    [^.!?]{0,60} \W* $
"""
_ANNOUNCED = r"""
    \b (?: letters? | notes? | telegram | wire | cable | postcard | e-?mail | epistle | contents | handwriting
        | {wrote} | as [ ] follows | these [ ] lines ) \b
        [^.!?\n]{{0,90}}
        (?: : | — | -- | follows\.?  # The letter ran as follows: [quotes/letters-announced-in-every-way]
        | (?: {says} ) \b [^.!?\n]{{0,20}} \.  # This is what the note said. [quotes/letters-announced-in-every-way]
        ) \W* $
    | \b following [ ] (?: letter | note | telegram | message | lines ) \b [^.!?\n]{{0,90}} $
    # the following note [quotes/letters-announced-in-every-way]
    | \b (?: was | were ) [ ] (?: the | her | his | its ) [ ] (?: letter | note | contents | lines ) \W* $
        # This was her note: [quotes/letters-announced-in-every-way]
"""
_ALOUD = r"""
    \b
    (?: aloud | out [ ] loud  # He read aloud: [quotes/letter-read-aloud]
    | read (?: s | ing )? [ ] (?: \w+ [ ] ){0,2} (?: out | to )
    # She read the note out [quotes/letters-spoken-in-every-way]
    | dictat (?: ed | es | ing )  # He dictated: [quotes/letters-spoken-in-every-way]
    | recit (?: ed | es | ing )  # She recited: [quotes/letters-spoken-in-every-way]
    ) \b
"""
