"""Turn a Manuscript into the figures that may speak in it: people with names, narrators in the first person.

A figure is a person under construction: what is known of them grows while mentions are read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from audiodrama.model import Age, Gender, Person, Role
from audiodrama.script.characters.name_clusters import cluster_names
from audiodrama.script.characters.name_parts import NameCluster, split_name
from audiodrama.script.characters.names import NameUse, find_names
from audiodrama.script.language import Language
from audiodrama.script.language.lists import ANY, FEMALE, MALE, Lists
from audiodrama.script.quotes.manuscript import Manuscript

_SHORT_STORY = 30_000
"""Characters of narration up to which once is enough to count."""
GENERIC_KINDS = ("loose", "kin")
"""Kinds of nouns that may stand for many: "the man", "her brother"."""
DISTINCT_KINDS = ("post", "creature")
"""Kinds of nouns that seldom stand for two figures of one story: "the waiter", "the owl"."""
CERTAIN_GENDER = 300.0
"""Weight of gender evidence that pronouns do not outweigh: a title."""
_LISTED_GENDER = 10 * CERTAIN_GENDER
"""Weight of a gender in a casting file, which titles do not outweigh either."""
_FIRST_NAME_GENDER = 3.0
"""Weight of the gender of a first name: as much as three pronouns right behind it."""
NEUTRAL_GENDER = 0.1
"""``Figure.gender_lean`` up to which a figure may be of either gender."""
_CLEAR_GENDER = 0.3
"""``Figure.gender_lean`` from which on it is male or, negative, female."""
_OFTEN_ENOUGH = 0.1
"""Share of the uses of the commonest name that a fuller name needs to be the figure's name."""
_TAG_LENGTH = 60
"""Characters of narration in which a tag stands."""
NARRATOR_TAGS, _VOCATIVES = 3, 3
"""Tags with "I" that make a long story one in the first person; vocatives that name its narrator."""
_ONLY_SPOKEN = 0.85
"""Share of the uses of a name in speech, above which the narration hardly uses it."""


@dataclass(slots=True)
class Figure:
    """A person, animal or voice of the text that may speak."""

    index: int
    name: str
    aliases: set[str] = field(default_factory=set)
    male: float = 0.0
    """Weight of evidence."""
    female: float = 0.0
    age: Age = "adult"
    role: str = ""
    """The common noun of a figure without a name: "waiter"."""
    roles: set[str] = field(default_factory=set)
    """Common nouns that the text says of them: "the schoolmaster", "her brother"."""
    generic: bool = False
    """Whether it is only a description that may stand for many: "the old man"."""
    narrates: bool = False
    listed: bool = False
    """Whether a casting file lists them."""
    mentions: int = 0
    tags: int = 0
    """Speeches that a tag gives to it by name."""

    @property
    def gender_lean(self) -> float:
        """Gender, -1 female to 1 male, near 0 if there is little evidence."""
        return (self.male - self.female) / (self.male + self.female + 1.0)

    @property
    def gender(self) -> Gender:
        """As a word."""
        return (
            "male" if self.gender_lean > _CLEAR_GENDER else "female" if self.gender_lean < -_CLEAR_GENDER else "unknown"
        )

    def to_person(self) -> Person:
        """The finished value."""
        other_names = tuple(sorted(self.aliases - {self.name}))
        return Person(self.name, other_names, self.gender, self.age, self.narrates)

    def add_gender_evidence(self, sign: int, weight: float) -> None:
        """Add evidence."""
        if sign == MALE:
            self.male += weight
        elif sign == FEMALE:
            self.female += weight


def _settled_name(cluster: NameCluster, uses: dict[str, NameUse], language: Language) -> str:
    """The most used name, or a fuller one that holds it and that the narrator uses often enough, too."""
    top = max(cluster.names, key=lambda n: (cluster.names[n], len(n), n))
    words_of = {name: split_name(name, language).words for name in cluster.names}
    words = set(words_of[top])
    fuller = [name for name, own in words_of.items() if len(own) > len(words) and words <= set(own)]
    often = [n for n in fuller if cluster.names[n] >= max(2, _OFTEN_ENOUGH * cluster.names[top])]
    if top in uses and uses[top].paragraphs:
        often = [n for n in often if n in uses and len(uses[n].paragraphs) >= _OFTEN_ENOUGH * len(uses[top].paragraphs)]
    return max(often, key=lambda n: (cluster.names[n], n)) if often else top


def _from_cluster(index: int, cluster: NameCluster, uses: dict[str, NameUse], language: Language) -> Figure:
    figure = Figure(index, _settled_name(cluster, uses, language), set(cluster.names))
    for form in cluster.forms:
        if form.title_gender:
            figure.add_gender_evidence(form.title_gender, CERTAIN_GENDER)
        elif form.gender:
            figure.add_gender_evidence(form.gender, _FIRST_NAME_GENDER)
    figure.roles.update(_callings(cluster, language.lists))
    return figure


def _callings(cluster: NameCluster, lists: Lists) -> set[str]:
    """What its titles say: a Dr. Grant is a doctor, but many a woman is "the lady"."""
    titles = {lists.title_nouns.get(title, title) for form in cluster.forms for title in form.titles}
    return {title for title in titles if (word := lists.roles.get(title)) and word.kind not in GENERIC_KINDS}


def _phrase_head(alias: str, language: Language) -> str:
    """The common noun of "the old waiter", "The Man On The Stairs", "Ada's sister"; empty if the alias is a name."""
    first, *words = alias.split()
    if not words or not (
        first.lower() in language.lists.articles or first.lower().endswith(language.endings.possessive)
    ):
        return ""
    further = language.descriptions.further
    at = next((i for i, word in enumerate(words) if i and word.lower() in further), len(words))
    words = words[:at]
    listed_nouns = [word.lower() for word in words if word.lower() in language.lists.roles]
    return listed_nouns[-1] if listed_nouns else words[-1] if words[-1].islower() else ""


def _is_generic(names: set[str], language: Language) -> bool:
    """Whether a role is listed only by what may be said of many: "the lad"."""
    lists = language.lists
    described = (name for name in names if name.split()[0].lower() in lists.articles)
    words = (lists.roles.get(_phrase_head(name, language)) for name in described)
    kinds = [word.kind for word in words if word is not None]
    return len(kinds) == len(names) and set(kinds) <= set(GENERIC_KINDS)


def _listed_cluster(role: Role, language: Language) -> NameCluster:
    sign = {"male": MALE, "female": FEMALE}.get(role.gender, ANY)
    cluster = NameCluster(gender=sign, listed=True)
    for name in (role.name, *role.aliases):
        if name and name not in ("I", "narrator") and not name.startswith("_"):
            cluster.add(name, split_name(name, language), 0)
    return cluster


def _from_role(index: int, role: Role, cluster: NameCluster, language: Language) -> Figure:
    lists = language.lists
    figure = Figure(index, role.name, set(cluster.names) | {role.name}, narrates=role.narrates, listed=True)
    figure.add_gender_evidence({"male": MALE, "female": FEMALE}.get(role.gender, ANY), _LISTED_GENDER)
    figure.age = role.age or "adult"
    figure.generic = _is_generic(figure.aliases, language)
    figure.role = _phrase_head(role.name, language) if figure.generic else ""
    figure.roles.update(_callings(cluster, lists))
    for alias in (role.name, *role.aliases):
        head = _phrase_head(alias, language)
        if head:
            figure.roles.add(head)
            word = lists.roles.get(head)
            if word and role.gender == "unknown":
                figure.add_gender_evidence(word.gender, CERTAIN_GENDER)
    if role.gender == "unknown":
        for form in cluster.forms:
            figure.add_gender_evidence(form.gender, CERTAIN_GENDER if form.title_gender else _FIRST_NAME_GENDER)
    return figure


def _spread_forms(clusters: tuple[NameCluster, ...], language: Language) -> None:
    """A listed "Bill Gorton" is also "Bill" and "Gorton" where no other one is."""
    owners: dict[str, list[NameCluster]] = {}
    lists = language.lists
    for cluster in clusters:
        named = [split_name(name, language) for name in cluster.names if not _phrase_head(name, language)]
        own = {w for f in named for w in f.words if w[:1].isupper() and not lists.is_title(w)}
        for word in sorted(own):
            if word.lower() not in lists.not_names and len(word) > 1:
                owners.setdefault(word, []).append(cluster)
    for word, holders in owners.items():
        if len(holders) == 1 and not any(word in c.names for c in clusters):
            holders[0].add(word, split_name(word, language), 0)


def narrator_tags(manuscript: Manuscript) -> int:
    """How many speeches "I" tags in narration: "I said", "said I"."""
    verbs, count = manuscript.language.lists.speech_verbs, 0
    first_person_tag = manuscript.language.traits.first_person_tag
    for paragraph in manuscript.paragraphs:
        if not paragraph.speech:
            continue
        for segment in paragraph.segments:
            if segment.kind == "narration":
                tag = first_person_tag.search(
                    manuscript.text, segment.start, min(segment.end, segment.start + _TAG_LENGTH)
                )
                count += tag is not None and (tag.group(1) or tag.group(2)) in verbs
    return count


def _narrator_by_name(figures: list[Figure], uses: dict[str, NameUse], enough: int) -> Figure | None:
    """The figure that others call by a name that the narration itself hardly uses, since it says "I"."""
    best: tuple[int, Figure] | None = None
    for figure in figures:
        own = [uses[a] for a in figure.aliases if a in uses]
        total, called = sum(u.total for u in own), sum(u.vocative for u in own)
        tagged = sum(u.tagged for u in own)
        hardly = sum(u.spoken for u in own) > _ONLY_SPOKEN * total and not tagged
        if called >= enough and hardly and (not best or called > best[0]):
            best = called, figure
    return best[1] if best else None


def find_figures(manuscript: Manuscript, roster: tuple[Role, ...] = ()) -> list[Figure]:
    """All figures with a name, the listed ones first, and the narrator of a story in the first person."""
    uses, language = find_names(manuscript), manuscript.language
    listed_clusters = tuple(_listed_cluster(role, language) for role in roster)
    _spread_forms(listed_clusters, language)
    clusters = cluster_names(uses, language, listed_clusters)
    figures = [_from_role(i, role, c, language) for i, (role, c) in enumerate(zip(roster, clusters, strict=False))]
    figures += [_from_cluster(i, c, uses, language) for i, c in enumerate(clusters[len(roster) :], len(roster))]
    if any(f.narrates for f in figures):
        return figures
    narration = sum(s.end - s.start for p in manuscript.paragraphs for s in p.segments if s.kind == "narration")
    tags = narrator_tags(manuscript)
    if tags >= NARRATOR_TAGS or (tags >= 1 and narration < _SHORT_STORY):
        teller = _narrator_by_name(figures, uses, _VOCATIVES if narration > _SHORT_STORY else 1)
        if teller is None:
            teller = Figure(len(figures), "I")
            figures.append(teller)
        teller.narrates = True
    return figures


def make_names_distinct(figures: list[Figure]) -> None:
    """Give each of several people with one name the fullest name that is only theirs."""
    taken = {f.name for f in figures if f.listed}
    for figure in figures:
        if figure.listed:
            continue
        if figure.name in taken:
            own = sorted(figure.aliases - taken, key=lambda a: (-len(a.split()), a))
            number = 2
            while not own and f"{figure.name} {number}" in taken:
                number += 1
            figure.name = own[0] if own else f"{figure.name} {number}"
        taken.add(figure.name)
