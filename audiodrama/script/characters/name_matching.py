"""Tell how well a name of a text fits the names that one person has already.

A title tells people apart: "Mrs. Bennet" is no first name and a surname that she shares with her daughters; "Mr.
Emerson" is not George Emerson where the text calls him George. What stays in doubt stays two people.
"""

from __future__ import annotations

from collections.abc import Mapping

from audiodrama.script.characters.name_parts import NameCluster, NameParts, split_name
from audiodrama.script.characters.names import NameUse
from audiodrama.script.language import Language
from audiodrama.script.language.lists import ANY, FEMALE

_OFTEN = 8
"""Paragraphs that narrate a name, from which on it counts which names stand beside it."""


class NameMatcher:
    """Matches the names of one text."""

    def __init__(self, uses: Mapping[str, NameUse], language: Language) -> None:
        """``uses``: name -> its uses."""
        self._uses = uses
        self._language = language
        self._lists = language.lists

    def strength(self, name: str, cluster: NameCluster) -> int:
        """How well a name fits a cluster: 0 not at all, up to 3."""
        parts = split_name(name, self._language)
        if not parts.words or parts.gender * cluster.gender < 0:
            return 0
        apart = self._are_apart(name, parts, cluster)
        count = self._uses[name].total
        first_words = [other.words[0] for other in cluster.forms if other.words] if len(parts.words) == 1 else []
        word = parts.words[0]
        clipped = any(self._is_clipped(word, first) or self._is_clipped(first, word) for first in first_words)
        fits = (self._fit_form(parts, other, cluster, count, apart, clipped) for other in cluster.forms if other.words)
        return max(fits, default=0)

    def _is_short_for(self, short: str, long: str) -> bool:
        """Whether one name is a nickname of the other: "Bill" of "William"."""
        return long.lower() in self._lists.nicknames.get(short.lower(), ())

    def _same_word(self, parts: NameParts, other: NameParts) -> int:
        """Strength of "Knightley" = "Mr. Knightley", "Miss Sally" = "Sally"."""
        if parts.titles and other.titles:
            if set(parts.titles) & set(other.titles):
                return 3
            return 2 if ANY in (parts.title_gender, other.title_gender) and len(parts.words) > 1 else 0
        titled = parts if parts.titles else other
        if len(titled.words) == 1 and titled.title_gender == FEMALE:
            return 2 if self._lists.first_name_gender(titled.words[0]) == FEMALE else 0
        return 3

    def _titled_surname(self, parts: NameParts, other: NameParts, cluster: NameCluster, apart: bool) -> int:
        """Strength of "Miss Bates" = "Hetty Bates"."""
        if set(parts.titles) & set(other.titles):
            return 0 if apart else 3
        if other.titles and not (other.title_gender == ANY or parts.title_gender == ANY):
            return 0
        title = parts.titles[0]
        if title in self._lists.married:
            return 0
        if cluster.gender == FEMALE and title not in self._lists.young_or_single:
            return 0
        titles = {title for form in cluster.forms for title in form.titles}
        if title in self._language.names.plain_men and titles & self._lists.ranks:
            return 0
        if title in self._lists.young_or_single and cluster.first_titles & self._lists.married:
            return 0
        return 0 if apart else 2

    def _one_to_full(self, parts: NameParts, other: NameParts, cluster: NameCluster, apart: bool) -> int:
        """Strength of one word, with or without a title, against a full name."""
        word, first, last = parts.words[0], other.words[0], other.words[-1]
        if parts.titles:
            if word == last and word != first:
                return self._titled_surname(parts, other, cluster, apart)
            if (word == first or self._is_short_for(word, first)) and parts.titles[0] in self._lists.with_first_name:
                return 0 if apart else 2
            return 0
        if word == first:
            return 3
        if word in other.words:
            if other.title_gender == FEMALE or cluster.first_titles & self._lists.married:
                return 0
            return 1 if cluster.gender == FEMALE else 2
        return 2 if self._is_short_for(word, first) and not apart else 0

    def _is_clipped(self, short: str, long: str) -> bool:
        """Whether a name is the beginning of another, by which others call that one: "Bran!" for Brannoch."""
        if len(short) < 3 or len(long) < len(short) + 2 or not long.startswith(short) or short not in self._uses:
            return False
        return self._uses[short].spoken == self._uses[short].total and self._uses[short].vocative > 0

    def _fit_form(
        self, parts: NameParts, other: NameParts, cluster: NameCluster, count: int, apart: bool, clipped: bool
    ) -> int:
        """Strength of one name against another: 0 not at all, up to 3."""
        if parts.words == other.words:
            return self._same_word(parts, other)
        if len(parts.words) == 1 and len(other.words) > 1:
            return self._one_to_full(parts, other, cluster, apart)
        if len(parts.words) == 1 == len(other.words):
            if parts.titles or (other.titles and other.titles[0] not in self._lists.young_or_single):
                return 0
            short, long = parts.words[0], other.words[0]
            related = self._is_short_for(short, long) or self._is_short_for(long, short) or clipped
            rare = min(count, cluster.weight) * 3 < max(count, cluster.weight) or max(count, cluster.weight) < _OFTEN
            return 1 if related and not apart and rare else 0
        if len(parts.words) > 1 < len(other.words) and parts.words[-1] == other.words[-1]:
            first, its = parts.words[0], other.words[0]
            if first == its or (first.rstrip(".") == its[0] and len(first) <= 2):
                return 3
            return 2 if not apart and (self._is_short_for(first, its) or self._is_short_for(its, first)) else 0
        if len(parts.words) > 1 and len(other.words) > len(parts.words) and parts.words[0] == other.words[0]:
            return 2 if set(parts.words) <= set(other.words) else 0
        return 0

    def company(self, name: str, cluster: NameCluster) -> tuple[int, float]:
        """(paragraphs that narrate the rarer of the two, share of these that narrate both)."""
        paragraphs = self._uses[name].paragraphs
        first_names = (self._uses[first].paragraphs for first in cluster.first_names if first in self._uses)
        theirs = cluster.paragraphs.union(*first_names)
        rarer = min(len(paragraphs), len(theirs))
        return rarer, len(paragraphs & theirs) / rarer if rarer else 0.0

    def _narrated(self, name: str) -> int:
        """How many paragraphs narrate a name."""
        return len(self._uses[name].paragraphs) if name in self._uses else 0

    def _are_apart(self, name: str, parts: NameParts, cluster: NameCluster) -> bool:
        """Whether the text tells a name and a cluster apart.

        A narrator seldom calls one person by two names in one paragraph, but often names two people who talk. "Mr.
        John Knightley" is so called because "Mr. Knightley" is another; and a "Mr. Gradgrind" is no "Tom" to the
        narrator.
        """
        last = next((f.words[-1] for f in cluster.forms if len(f.words) > 1), "")
        if not parts.titles:
            formal = max(self._narrated(f"{title} {last}") for title in self._language.names.plain_men_written)
            return min(formal, self._narrated(parts.words[0])) >= _OFTEN
        forms = zip(cluster.names, cluster.forms, strict=False)
        fuller = sum(cluster.names[other] for other, form in forms if _adds_first(form, parts))
        if fuller >= 5 and self._uses[name].total > 3 * fuller:
            return True
        rarer, together = self.company(name, cluster)
        if rarer >= _OFTEN:
            return together > (0.1 if rarer >= 5 * _OFTEN else 0.2 if rarer >= 2 * _OFTEN else 0.3)
        if parts.titles[0] in self._lists.young_or_single:
            return False
        # Too few to tell: he who is called by his first name all the time is hardly "Mr. Emerson" to the same
        # narrator, unless the narrator uses the bare surname, too.
        known_bare = self._narrated(parts.words[-1]) >= _OFTEN
        familiar = sum(self._uses[first].total for first in cluster.first_names if first in self._uses)
        return not known_bare and familiar * 4 >= self._uses[name].total


def _adds_first(form: NameParts, parts: NameParts) -> bool:
    """Whether a form is "Mr. John Knightley" to my "Mr. Knightley"."""
    return form.titles == parts.titles and len(form.words) > 1 and form.words[-1:] == parts.words
