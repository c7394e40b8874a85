"""Turn "An old woman stood there" and the "old woman" of the next pages into mentions of one stranger.

What an indefinite article brings in as the subject of a sentence is a new figure; the same words mean that stranger
for as long as they keep coming back.
"""

from __future__ import annotations

from collections import defaultdict

from audiodrama.script.characters.figures import Figure
from audiodrama.script.characters.mentions import Mentions

WINDOW = 25
"""Paragraphs after which the same words may mean another figure."""


def link_indefinites(mentions: Mentions, figures: list[Figure]) -> None:
    """Set ``Mention.figure`` of the descriptions that a stranger was brought in by."""
    strangers: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.generic and not figure.listed:
            strangers[figure.name.lower().partition(" ")[2]].append(figure)
    descriptions, last = mentions.language.descriptions, dict[str, int]()
    for mention in mentions.all():
        if mention.kind != "noun" or mention.figure >= 0 or mention.spoken:
            continue
        article, _, words = mentions.text[mention.start : mention.end].lower().partition(" ")
        if words not in strangers:
            continue
        here = mention.paragraph
        new = article in descriptions.indefinite and mention.subject
        if new or (article == descriptions.definite and here - last.get(words, -WINDOW - 1) <= WINDOW):
            mention.figure, last[words] = strangers[words][0].index, here
