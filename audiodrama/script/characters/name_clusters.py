"""Turn the names of a text into clusters of names for one person each.

A title tells people apart: "Mrs. Bennet" is nobody's first name and a surname that she shares with her daughters;
"Mr. Emerson" is not George Emerson where the text calls him George. What stays in doubt stays two people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from audiodrama.script.characters.names import NameUse
from audiodrama.script.language import lexicon
from audiodrama.script.language.lexicon import ANY, FEMALE

_WITH_FIRST_NAME = lexicon.group("with_first_name")
_YOUNG_OR_SINGLE = lexicon.group("young_or_single")
_RANKS = lexicon.group("ranks")
_OFTEN = 8
"""Paragraphs that narrate a name, from which on it counts which names stand beside it."""
_MARRIED = lexicon.group("married")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart."""

    titles: tuple[str, ...]
    """Lower case, without full stops."""
    words: tuple[str, ...]
    """The rest, without links such as "de"."""

    @property
    def title_gender(self) -> int:
        """By the first title that tells one."""
        return next((g for t in self.titles if (g := lexicon.titles()[t])), ANY)

    @property
    def gender(self) -> int:
        """By title, else by first name where the form has one."""
        if self.title_gender or not self.words:
            return self.title_gender
        return ANY if self.titles and len(self.words) == 1 else lexicon.first_name_gender(self.words[0])


@dataclass(slots=True)
class NameCluster:
    """Names for one person."""

    names: dict[str, int] = field(default_factory=dict)
    """Name -> how often it is used."""
    forms: list[NameParts] = field(default_factory=list)
    gender: int = ANY
    listed: bool = False
    """Whether a person listed it: its gender and names are facts."""
    paragraphs: set[int] = field(default_factory=set)
    """Where one of its names is narrated."""

    @property
    def weight(self) -> int:
        """Uses of all its names."""
        return sum(self.names.values())

    def add(self, name: str, count: int) -> None:
        """Take in another name."""
        form = split_name(name)
        self.names[name] = self.names.get(name, 0) + count
        self.forms.append(form)
        self.gender = self.gender or form.gender


def split_name(name: str) -> NameParts:
    """Titles in front, then the other words; a lone title stays a word."""
    words = [w for w in name.split() if w not in lexicon.words("link_words") and w.lower() != "the"]
    at = 0
    while at < len(words) - 1 and lexicon.is_title(words[at]):
        at += 1
    return NameParts(tuple(w.rstrip(".").lower() for w in words[:at]), tuple(words[at:]))


def _is_short_for(short: str, long: str) -> bool:
    return long.lower() in lexicon.nicknames().get(short.lower(), ())


def _same_word(parts: NameParts, other: NameParts) -> int:
    """Strength of "Knightley" = "Mr. Knightley", "Miss Sally" = "Sally"."""
    if parts.titles and other.titles:
        if set(parts.titles) & set(other.titles):
            return 3
        return 2 if ANY in (parts.title_gender, other.title_gender) and len(parts.words) > 1 else 0
    titled = parts if parts.titles else other
    if len(titled.words) == 1 and titled.title_gender == FEMALE:
        return 2 if lexicon.first_name_gender(titled.words[0]) == FEMALE else 0
    return 3


def _titled_surname(parts: NameParts, other: NameParts, cluster: NameCluster, apart: bool) -> int:
    """Strength of "Miss Bates" = "Hetty Bates"."""
    if set(parts.titles) & set(other.titles):
        return 0 if apart else 3
    if other.titles and not (other.title_gender == ANY or parts.title_gender == ANY):
        return 0
    title = parts.titles[0]
    if title in _MARRIED:
        return 0
    if cluster.gender == FEMALE and title not in _YOUNG_OR_SINGLE:
        return 0
    if title in ("mr", "mister") and any(t in _RANKS for f in cluster.forms for t in f.titles):
        return 0
    if title in _YOUNG_OR_SINGLE and any(f.titles and f.titles[0] in _MARRIED for f in cluster.forms):
        return 0
    return 0 if apart else 2


def _one_to_full(parts: NameParts, other: NameParts, cluster: NameCluster, apart: bool) -> int:
    """Strength of one word, with or without a title, against a full name."""
    word, first, last = parts.words[0], other.words[0], other.words[-1]
    if parts.titles:
        if word == last and word != first:
            return _titled_surname(parts, other, cluster, apart)
        if (word == first or _is_short_for(word, first)) and parts.titles[0] in _WITH_FIRST_NAME:
            return 0 if apart else 2
        return 0
    if word == first:
        return 3
    if word in other.words:
        if other.title_gender == FEMALE or any(f.titles and f.titles[0] in _MARRIED for f in cluster.forms):
            return 0
        return 1 if cluster.gender == FEMALE else 2
    return 2 if _is_short_for(word, first) and not apart else 0


def _is_clipped(short: str, long: str, uses: Mapping[str, NameUse]) -> bool:
    """Whether a name is the beginning of another, by which others call that one: "Bran!" for Brannoch."""
    if len(short) < 3 or len(long) < len(short) + 2 or not long.startswith(short) or short not in uses:
        return False
    return uses[short].spoken == uses[short].total and uses[short].vocative > 0


def _fit_form(parts: NameParts, other: NameParts, cluster: NameCluster, count: int, apart: bool, clipped: bool) -> int:
    if parts.words == other.words:
        return _same_word(parts, other)
    if len(parts.words) == 1 and len(other.words) > 1:
        return _one_to_full(parts, other, cluster, apart)
    if len(parts.words) == 1 == len(other.words):
        if parts.titles or (other.titles and other.titles[0] not in _YOUNG_OR_SINGLE):
            return 0
        short, long = parts.words[0], other.words[0]
        related = _is_short_for(short, long) or _is_short_for(long, short) or clipped
        rare = min(count, cluster.weight) * 3 < max(count, cluster.weight) or max(count, cluster.weight) < _OFTEN
        return 1 if related and not apart and rare else 0
    if len(parts.words) > 1 < len(other.words) and parts.words[-1] == other.words[-1]:
        first, its = parts.words[0], other.words[0]
        if first == its or (first.rstrip(".") == its[0] and len(first) <= 2):
            return 3
        return 2 if not apart and (_is_short_for(first, its) or _is_short_for(its, first)) else 0
    if len(parts.words) > 1 and len(other.words) > len(parts.words) and parts.words[0] == other.words[0]:
        return 2 if set(parts.words) <= set(other.words) else 0
    return 0


def _company(name: str, cluster: NameCluster, uses: Mapping[str, NameUse]) -> tuple[int, float]:
    """(paragraphs that narrate the rarer of the two, share of these that narrate both)."""
    parts = uses[name].paragraphs
    theirs = cluster.paragraphs.union(*(uses[first].paragraphs for first in _firsts(cluster) if first in uses))
    rarer = min(len(parts), len(theirs))
    return rarer, len(parts & theirs) / rarer if rarer else 0.0


def _firsts(cluster: NameCluster) -> list[str]:
    return sorted({f.words[0] for f in cluster.forms if len(f.words) > 1})


def _narrated(name: str, uses: Mapping[str, NameUse]) -> int:
    return len(uses[name].paragraphs) if name in uses else 0


def _are_apart(name: str, parts: NameParts, cluster: NameCluster, uses: Mapping[str, NameUse]) -> bool:
    """Whether the text tells a name and a cluster apart.

    A narrator seldom calls one person by two names in one paragraph, but often names two people who talk. "Mr. John
    Knightley" is so called because "Mr. Knightley" is another; and a "Mr. Gradgrind" is no "Tom" to the narrator.
    """
    last = next((f.words[-1] for f in cluster.forms if len(f.words) > 1), "")
    if not parts.titles:
        formal = max(_narrated(f"Mr. {last}", uses), _narrated(f"Mr {last}", uses))
        return min(formal, _narrated(parts.words[0], uses)) >= _OFTEN
    fuller = sum(cluster.names[n] for n, f in zip(cluster.names, cluster.forms, strict=False) if _adds_first(f, parts))
    if fuller >= 5 and uses[name].total > 3 * fuller:
        return True
    rarer, together = _company(name, cluster, uses)
    if rarer >= _OFTEN:
        return together > (0.1 if rarer >= 5 * _OFTEN else 0.2 if rarer >= 2 * _OFTEN else 0.3)
    if parts.titles[0] in _YOUNG_OR_SINGLE:
        return False
    # Too few to tell: he who is called by his first name all the time is hardly "Mr. Emerson" to the same narrator,
    # unless the narrator uses the bare surname, too.
    known_bare = _narrated(parts.words[-1], uses) >= _OFTEN
    return not known_bare and sum(uses[f].total for f in _firsts(cluster) if f in uses) * 4 >= uses[name].total


def _adds_first(form: NameParts, parts: NameParts) -> bool:
    """Whether a form is "Mr. John Knightley" to my "Mr. Knightley"."""
    return form.titles == parts.titles and len(form.words) > 1 and form.words[-1:] == parts.words


def match_strength(name: str, cluster: NameCluster, uses: Mapping[str, NameUse]) -> int:
    """How well a name fits a cluster: 0 not at all, up to 3."""
    parts = split_name(name)
    if not parts.words or parts.gender * cluster.gender < 0:
        return 0
    apart = _are_apart(name, parts, cluster, uses)
    count = uses[name].total
    others = [other.words[0] for other in cluster.forms if other.words] if len(parts.words) == 1 else []
    word = parts.words[0]
    clipped = any(_is_clipped(word, other, uses) or _is_clipped(other, word, uses) for other in others)
    fits = (_fit_form(parts, other, cluster, count, apart, clipped) for other in cluster.forms if other.words)
    return max(fits, default=0)


def _choose(name: str, fits: list[tuple[int, NameCluster]], uses: Mapping[str, NameUse]) -> list[NameCluster]:
    """The best cluster; several if none of the best is clearly better."""
    best = max(strength for strength, _ in fits)
    tied = sorted((c for s, c in fits if s == best), key=lambda c: -c.weight)
    if len(tied) == 1 or tied[0].weight > 4 * tied[1].weight:
        return tied[:1]
    if split_name(name).titles:
        company = sorted((_company(name, c, uses)[1], i) for i, c in enumerate(tied) if _company(name, c, uses)[0] >= 4)
        if len(company) == len(tied) and company[0][0] < 0.5 * company[1][0]:
            return [tied[company[0][1]]]
    tied = [c for c in tied if c.weight * 4 > tied[0].weight]
    # A first name that is used far more than all the full names together is that of the heaviest.
    return tied[:1] if uses[name].total > 5 * sum(c.weight for c in tied) else tied


def cluster_names(uses: Mapping[str, NameUse], listed_clusters: tuple[NameCluster, ...] = ()) -> list[NameCluster]:
    """Join names of one person, the fullest first; ``listed_clusters`` come first in the result.

    Args:
        uses: name -> its uses, in the order of the first use.
        listed_clusters: people that a casting file lists.
    """
    clusters = list(listed_clusters)
    listed = {name: cluster for cluster in listed_clusters for name in cluster.names}
    forms = {name: split_name(name) for name in uses}
    order = sorted(uses, key=lambda n: (-len(forms[n].words), -len(forms[n].titles), -uses[n].total, n))
    for name in order:
        if name in listed:
            homes = [listed[name]]
        else:
            fits = [(s, c) for c in clusters if (s := match_strength(name, c, uses))]
            homes = _choose(name, fits, uses) if fits else []
        if not homes or len(homes) > 3:
            homes = [NameCluster()]
            clusters += homes
        for home in homes:
            home.add(name, uses[name].total // len(homes))
            home.paragraphs |= uses[name].paragraphs
    return _with_wives(clusters)


def _with_wives(clusters: list[NameCluster]) -> list[NameCluster]:
    """Join "Mrs. Lanning" and "Adele Lanning" where no other Lanning is, so that neither is the other's daughter."""
    lone = [c for c in clusters if not c.listed and all(f.titles and f.titles[0] in _MARRIED for f in c.forms)]
    for wife in lone:
        surnames = {f.words[-1] for f in wife.forms}
        family = [c for c in clusters if c is not wife and any(f.words[-1:] == (s,) for f in c.forms for s in surnames)]
        if len(surnames) > 1 or len(family) != 1:
            continue
        woman = family[0]
        titled = any(f.titles for f in woman.forms)
        if woman.gender != FEMALE or titled or woman.listed or wife.paragraphs & woman.paragraphs:
            continue
        for name, count in wife.names.items():
            woman.add(name, count)
        woman.paragraphs |= wife.paragraphs
        clusters = [c for c in clusters if c is not wife]
    return clusters
