"""The patterns by which English tells who takes part in a talk: who is called, who only looks, who speaks together.

Behind each alternative stands an example, and in brackets a file of ``tests/cases`` that fails without it.
"""

from __future__ import annotations

import re

from audiodrama.script.language.lists import Lists
from audiodrama.script.language.tag_patterns import TurnPatterns


def turn_patterns(lists: Lists) -> TurnPatterns:
    """Compile them, with the verbs of speech and the words before a name that is called of the lists."""
    verbs = {"cry": lists.one_of("crowd_verbs"), "shout": lists.one_of("crowd_shouts")}
    return TurnPatterns(
        before_vocative=re.compile(_BEFORE_VOCATIVE.format(word=lists.one_of("vocative_openers")), re.I | re.X),
        courtesy=re.compile(rf"{_LEAD} (?: ( {_MEN} ) | ( {_WOMEN} ) ) (?= [,.!?;:\"—-] | $ )", re.I | re.X),
        crowd=re.compile(_CROWD.format(many=_MANY, **verbs), re.I | re.X),
        together=" and ",
        asks_name=re.compile(_ASKS_NAME, re.X),
        reacts=re.compile(_REACTS, re.X),
        speaks=re.compile(_SPEAKS.format(speaks=lists.one_of("speaking_verbs")), re.X),
        to_hearer=re.compile(_TO_HEARER, re.X),
    )


_BEFORE_VOCATIVE = r"""
    (?: ^ | [,"'.!?;:—–-] [ ]*  # Come, Ada [scripts/vocative-is-the-listener]
    | \b (?: {word}  # Dear Ada [speakers/a-name-called-without-a-comma]
        | thank [ ] you  # Thank you, Ada [forms/words-before-a-name-that-is-called]
        | look [ ] here  # Look here, Ada [speakers/a-name-called-without-a-comma]
        | i [ ] say  # I say, Ada [speakers/a-name-called-without-a-comma]
        ) ,? [ ]
    ) $
"""
_LEAD = r"""
    (?: ^ | [,.!?;:—\"'-] [ ]?  # Come, sir [forms/forms-of-address-for-men]
    | \b (?: yes | no  # Yes sir [speakers/sir-and-maam-are-answered]
        | my [ ] dear | dear | my [ ] good | old | my | oh  # my dear sir [speakers/sir-and-maam-are-answered]
        ) ,? [ ]
    )
"""
_MEN = r"""
    sir | papa | father | uncle  # Yes, sir [speakers/sir-and-maam-are-answered]
    | old [ ] (?: man | chap | fellow | boy )  # Yes, old man [speakers/sir-and-maam-are-answered]
    | my [ ] (?: dear [ ] )? (?: boy | fellow | man | lord )  # Yes, my dear boy [forms/forms-of-address-for-men]
    | monsieur | m'sieur | signor  # Yes, monsieur [speakers/sir-and-maam-are-answered]
    | (?: dear | good ) [ ] (?: fellow | sir | boy )  # Yes, good sir [speakers/sir-and-maam-are-answered]
    | lad | sonny  # Yes, lad [speakers/sir-and-maam-are-answered]
"""
_WOMEN = r"""
    madam | ma'am | mamma | mother | aunt | auntie  # Yes, ma'am [forms/forms-of-address-for-men]
    | my [ ] (?: dear [ ] )? (?: girl | lady | child )  # Yes, my dear girl [forms/forms-of-address-for-men]
    | (?: dear | good ) [ ] (?: lady | madam | woman | girl )  # Yes, good woman [speakers/sir-and-maam-are-answered]
    | milady | madame | mademoiselle | signora | miss  # Yes, miss [speakers/sir-and-maam-are-answered]
"""
_MANY = r"""
    (?: (?: they | we ) [ ] (?: all | both )  # they all cried [forms/crowds-of-all-and-both]
    | everyone | everybody | the [ ] (?: crowd | mob | others | audience )
    # everybody cried [scripts/crowd-speaks-together]
    | all | both  # all cried [speakers/crowd-by-every-name]
    | the [ ] whole [ ] \w+  # the whole class cried [speakers/crowd-by-every-name]
    | (?: several | many | a [ ] dozen | a [ ] hundred ) [ ] voices
    # several voices cried [speakers/crowd-by-every-name]
    | (?: a | the ) [ ] chorus  # cried a chorus [speakers/crowd-by-every-name]
    | all [ ] of [ ] them | both [ ] of [ ] them  # all of them cried [speakers/crowd-by-every-name]
    )
"""
_CROWD = r"""
    \b (?: {cry} ) [ ] [^.;!?]{{3,60}} [ ] and [ ] [^.;!?]{{3,40}} [ ]
        (?: together | in [ ] unison | in [ ] chorus | as [ ] one | with [ ] one [ ] voice ) \b
        # cried Ann and Ben together [speakers/crowd-by-every-name]
    | \b {many} [ ] (?: \w+ly [ ] )? (?: {cry} ) \b  # they all cried [scripts/everybody-speaks]
    | \b (?: {cry} ) [ ] {many} \b  # cried the crowd [scripts/crowd-speaks-together]
    | \b (?: they | we ) [ ] (?: \w+ly [ ] )? (?: {shout} ) \b  # they chorused [scripts/crowd-speaks-together]
"""
_ASKS_NAME = r"""
    \b
    (?: [Ww]ho [ ] are [ ] you  # Who are you? [speakers/names-that-are-asked-for]
    | [Ww]ho's [ ] (?: this | that | there | asking )  # Who's there? [speakers/names-that-are-asked-for]
    | [Ww]ho [ ] wants [ ] to [ ] know  # Who wants to know? [speakers/names-that-are-asked-for]
    | your [ ] name  # What is your name? [speakers/names-that-are-asked-for]
    | [Aa]nd [ ] you  # And you? [speakers/names-that-are-asked-for]
    ) \b
    [^.!"]* \? \W* $
"""
_REACTS = r"""
    [ ] (?: only [ ] | just [ ] | merely [ ] | simply [ ] | slowly [ ] | then [ ] )?  # Ada only looked at him
    (?: (?: look | star | glanc | gaz | glar ) (?: e?d | e?s ) [ ]
        (?: up [ ] | back [ ] | down [ ] | across [ ] | over [ ] )? at
        # Ada glanced up at him [speakers/listeners-who-only-look]
    | (?: blink | frown | wait | watch ) (?: ed | e?s )  # Ada waited [forms/listeners-who-react]
    | said [ ] nothing | says [ ] nothing  # Ada said nothing [forms/listeners-who-react]
    | did (?: [ ] not | n't ) [ ] (?: answer | reply | speak )  # Ada did not answer [forms/listeners-who-react]
    | made [ ] no [ ] (?: answer | reply )  # Ada made no answer [forms/listeners-who-react]
    | raised [ ] (?: an [ ] eyebrow | a [ ] hand | (?: his | her ) [ ] (?: hand | eyebrows ) | my [ ] hand )
    # Ada raised a hand [forms/listeners-who-react]
    | (?: was | were ) [ ] silent  # Ada was silent [speakers/listeners-who-only-look]
    ) \b
"""
_SPEAKS = r"""
    [^.]* \b
    (?: {speaks}  # Ada rose and began [forms/listeners-who-then-speak]
    | turned [ ] to  # Ada turned to him [forms/listeners-who-then-speak]
    ) \b
"""
_TO_HEARER = r"""
    (?: [ ] [a-z]+ly )? [ ]  # he said softly to Ada
    (?: to [ ] | at [ ] | upon [ ] | back [ ] to [ ] | back [ ] at [ ] | of [ ] )?  # he said to Ada
    (?: the [ ] )?  # he told the waiter
"""
