"""Where sentences end in English.

Behind each alternative stands an example, and in brackets a file of ``tests/cases`` that fails without it.
"""

from __future__ import annotations

import re

from audiodrama.script.language.lists import Lists
from audiodrama.script.language.quote_patterns import SentencePatterns


def sentence_patterns(lists: Lists) -> SentencePatterns:
    """Compile the patterns, with the abbreviations of the lists."""
    no_title = "".join(rf"(?<!\b{word})" for word in lists.groups["abbreviations"]) + r"(?<!\b[A-Z])"
    return SentencePatterns(
        end=re.compile(_END.format(no_title=no_title, stops=".!?;"), re.X),
        clause_end=re.compile(_CLAUSE_END.format(no_title=no_title, stops=".;!?"), re.X),
        lead_break=re.compile(_LEAD_BREAK, re.X),
    )


_END = r"""
    {no_title} [{stops}] (?= [\s"')] | $ )  # He rose. But not: Mr. Crane, J. Crane [forms/ends-of-clauses]
"""
_CLAUSE_END = rf"""{_END}
    | -- | [—–]  # he said--and rose [forms/ends-of-clauses]
"""
_LEAD_BREAK = r"""
    [.!?…;] ["'”’)*_]* \s+ (?=[^\W\d_a-z])  # He rose. The [forms/breaks-before-a-lead]
    | [.!?] --?  # He rose.--The [forms/breaks-before-a-lead]
    | ["”»]  # "Come" and "go [forms/breaks-before-a-lead]
"""
