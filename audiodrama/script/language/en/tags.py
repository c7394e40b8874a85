"""The patterns by which English tells who speaks in a tag: "was the reply", "Ada began again."

Behind each alternative stands an example, and in brackets a file of ``tests/cases`` that fails without it.
"""

from __future__ import annotations

import re

from audiodrama.script.language.lists import Lists
from audiodrama.script.language.tag_patterns import TagPatterns


def tag_patterns(lists: Lists) -> TagPatterns:
    """Compile them, with the verbs and the nouns of speech of the lists."""
    reply, begins = lists.one_of("reply_nouns"), lists.one_of("beginning_verbs")
    return TagPatterns(
        reply=re.compile(_REPLY.format(reply=reply), re.X),
        reply_before=re.compile(_REPLY_BEFORE.format(reply=reply), re.X),
        reply_links=(" of", " from"),
        pronoun_of={"his": "he", "him": "he", "her": "she"},
        mine="my",
        begins=re.compile(_BEGINS.format(begins=begins), re.X),
        begins_not=re.compile(_BEGINS_NOT, re.X),
        meanwhile=re.compile(r"\b(?:while|whereas)[ ]$"),
        next_speech=re.compile(_NEXT_SPEECH, re.X),
        manner=re.compile(_MANNER, re.X),
        bare_stop=re.compile(_BARE_STOP, re.X),
        bare_title=re.compile(r"(Mrs?)\."),
        bare_subjects=frozenset(lists.groups["bare_subjects"]),
    )


_REPLY = r"""
    (?: was | were  # was the reply [scripts/voice-of-somebody]
    | came  # came the voice of Spike [speakers/voice-of-somebody]
    | is | comes  # comes the answer [scripts/answers-before-the-speech]
    ) [ ]
    (?: all [ ] | only [ ] | still [ ] )?  # was all his answer
    (?: (the | his | her | my | a | an) (?: [ ] [a-z-]+ 's )?  # was the man's answer [speakers/voice-of-somebody]
    | ( (?: [A-Z]\w* \.? [ ] ){{0,2}} [A-Z][\w-]+ ) 's?  # was Mr. Tolliver's answer [scripts/voice-of-somebody]
    ) [ ]
    (?: [a-z]+ [ ] ){{0,2}}?  # was the only possible answer
    (?: {reply} ) \b
    (?: [ ] of | [ ] from )?  # came the answer from Ada
"""
_REPLY_BEFORE = r"""
    \b
    (?: [Hh]is | [Hh]er  # Her answer was: [scripts/answers-before-the-speech]
    | (?: [A-Z]\w* \.? [ ] ){{0,2}} [A-Z][\w-]+ 's?  # Mr. Tolliver's answer was: [scripts/reply-before-the-speech]
    | [Tt]he [ ] [a-z-]+ 's  # The man's answer was: [forms/answers-that-a-description-gives]
    ) [ ]
    (?: [a-z]+ [ ] ){{0,2}}?
    (?: {reply} )
    (?: [ ] [^.,;:!?]{{1,40}}? )?  # Her answer to this was:
    (?: [ ] (?: was | were ) (?: ,? [ ] [a-z ]{{1,20}} )? (?: [,:] | --? | [—–] )*
    # Her answer was, after a while: [scripts/reply-before-the-speech]
    | (?: , [ ] [^.;:!?]{{1,40}} )? : (?: --? | [—–] )?  # Her answer, when it came: [scripts/answers-before-the-speech]
    ) $
"""
_BEGINS = r"""
    [ ]
    ( was [ ] (?: still [ ] )? (?: talking | speaking )  # Ada was still talking. [forms/who-takes-the-floor]
    | could [ ] (?: be | keep | remain ) [ ] silent [ ] no [ ] longer
    # Ada could keep silent no longer. [forms/who-takes-the-floor]
    | {begins}  # Ada began. [forms/who-takes-the-floor]
    | went [ ] on  # Ada went on. [forms/who-takes-the-floor]
    | (?: broke | joined | put | chimed | cut ) [ ] in  # Ada broke in. [forms/who-takes-the-floor]
    | burst [ ] out  # Ada burst out. [forms/who-takes-the-floor]
    | tried [ ] again  # Ada tried again. [forms/who-takes-the-floor]
    | took [ ] up [ ] the [ ] tale  # Ada took up the tale. [forms/who-takes-the-floor]
    )
    (?: [ ]
        (?: again | at [ ] last  # Ada began again. [forms/who-takes-the-floor]
        | him | her | them | it | me  # Ada interrupted him. [forms/who-takes-the-floor]
        | to [ ] (?: him | her | them | me )  # Ada spoke to him. [forms/who-takes-the-floor]
        | in | out | up  # Ada broke in. [forms/who-takes-the-floor]
        | first | next | then  # Ada spoke first. [forms/who-takes-the-floor]
        | aloud | slowly | [a-z]+ly  # Ada answered slowly. [forms/who-takes-the-floor]
        | about [ ] [^,.;]{{1,40}} | with [ ] [^,.;]{{1,40}}  # Ada answered with a smile. [forms/who-takes-the-floor]
        | in [ ] [^,.;]{{1,40}} | after [ ] [^,.;]{{1,30}}  # Ada answered after a while. [forms/who-takes-the-floor]
        )
    )*
    [.!] $
"""
_BEGINS_NOT = r"""
    \b (?: not | never | nothing | nobody | no [ ] one | none ) \b  # Ada never answered. [forms/who-stays-silent]
    | n't \b  # Ada didn't answer. [forms/who-stays-silent]
"""
_NEXT_SPEECH = r"""
    \W*
    (?: ( at [ ] which | upon [ ] which | on [ ] which | to [ ] which )  # at which Ada said [forms/next-speech]
    | whereupon | and | but  # and Ada said [forms/next-speech]
    | while | then | so  # while Ada said [forms/next-speech]
    ) [ ]
"""
_MANNER = r"""
    \b in [ ] an? [ ]
    (?: [a-z]+ ,? [ ] (?: and [ ] )? ){1,3}
    (?: voice | tone | whisper | undertone | accent ) \b  # in a low, hoarse voice
"""
_BARE_STOP = r"""
    [.;!?] (?! [ ]? [A-Z]\w* )  # he said. And [forms/stops-behind-a-bare-tag]
    | [,;:—–]  # he said, and [forms/stops-behind-a-bare-tag]
"""
