"""Turn the names of a text into clusters of names for one person each."""

from __future__ import annotations

from collections.abc import Mapping

from audiodrama.script.characters.name_matching import NameMatcher
from audiodrama.script.characters.name_parts import NameCluster, split_name
from audiodrama.script.characters.names import NameUse
from audiodrama.script.language import Language
from audiodrama.script.language.lists import FEMALE, Lists


def _choose(
    name: str, fits: list[tuple[int, NameCluster]], uses: Mapping[str, NameUse], matcher: NameMatcher, titled: bool
) -> list[NameCluster]:
    """The best cluster; several if none of the best is clearly better."""
    best = max(strength for strength, _ in fits)
    tied = sorted((c for s, c in fits if s == best), key=lambda c: -c.weight)
    if len(tied) == 1 or tied[0].weight > 4 * tied[1].weight:
        return tied[:1]
    if titled:
        together = [matcher.company(name, cluster) for cluster in tied]
        company = sorted((share, i) for i, (rarer, share) in enumerate(together) if rarer >= 4)
        if len(company) == len(tied) and company[0][0] < 0.5 * company[1][0]:
            return [tied[company[0][1]]]
    tied = [c for c in tied if c.weight * 4 > tied[0].weight]
    # A first name that is used far more than all the full names together is that of the heaviest.
    return tied[:1] if uses[name].total > 5 * sum(c.weight for c in tied) else tied


def cluster_names(
    uses: Mapping[str, NameUse], language: Language, listed_clusters: tuple[NameCluster, ...] = ()
) -> list[NameCluster]:
    """Join names of one person, the fullest first; ``listed_clusters`` come first in the result.

    Args:
        uses: name -> its uses, in the order of the first use.
        language: that of the text.
        listed_clusters: people that a casting file lists.
    """
    clusters, matcher = list(listed_clusters), NameMatcher(uses, language)
    listed = {name: cluster for cluster in listed_clusters for name in cluster.names}
    forms = {name: split_name(name, language) for name in uses}
    order = sorted(uses, key=lambda n: (-len(forms[n].words), -len(forms[n].titles), -uses[n].total, n))
    for name in order:
        if name in listed:
            homes = [listed[name]]
        else:
            fits = [(s, c) for c in clusters if (s := matcher.strength(name, c))]
            homes = _choose(name, fits, uses, matcher, bool(forms[name].titles)) if fits else []
        if not homes or len(homes) > 3:
            homes = [NameCluster()]
            clusters += homes
        for home in homes:
            home.add(name, forms[name], uses[name].total // len(homes))
            home.paragraphs |= uses[name].paragraphs
    return _with_wives(clusters, language.lists)


def _with_wives(clusters: list[NameCluster], lists: Lists) -> list[NameCluster]:
    """Join "Mrs. Lanning" and "Adele Lanning" where no other Lanning is, so that neither is the other's daughter."""
    lone = [c for c in clusters if not c.listed and all(f.titles and f.titles[0] in lists.married for f in c.forms)]
    for wife in lone:
        surnames = {f.words[-1] for f in wife.forms}
        family = [c for c in clusters if c is not wife and any(f.words[-1:] == (s,) for f in c.forms for s in surnames)]
        if len(surnames) > 1 or len(family) != 1:
            continue
        woman = family[0]
        titled = any(f.titles for f in woman.forms)
        if woman.gender != FEMALE or titled or woman.listed or wife.paragraphs & woman.paragraphs:
            continue
        for (name, count), parts in zip(list(wife.names.items()), wife.forms, strict=True):
            woman.add(name, parts, count)
        woman.paragraphs |= wife.paragraphs
        clusters = [c for c in clusters if c is not wife]
    return clusters
