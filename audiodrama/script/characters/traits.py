"""Turn what stands around the mentions of a figure into its gender, its age and the callings that the text gives it."""

from __future__ import annotations

from audiodrama.script.characters.figures import CERTAIN_GENDER, Figure
from audiodrama.script.characters.mentions import Mention, Mentions
from audiodrama.script.language import Language
from audiodrama.script.language.lists import FEMALE, MALE

_REACH = 160
"""Characters behind a name in which a pronoun tells its gender."""
_AGE_LENGTH, _CALLING_LENGTH = 8, 30
"""Characters before a name in which a word of age and a calling stand."""
_USUAL = 0.15
"""Share of a figure's mentions that a word of age needs: "old Tom" once says little."""
_OF_NO_SUBJECT = 0.5
"""Weight of a pronoun behind a name that is no subject; behind a subject it is 1."""


def infer_gender(mentions: Mentions, figures: list[Figure]) -> None:
    """Add to every figure what pronouns, appositions and adjectives near its name tell."""
    ages: dict[int, dict[str, int]] = {}
    language, traits = mentions.language, mentions.language.traits
    for paragraph in mentions.of_paragraph:
        named = [m for m in paragraph if m.kind == "name" and not m.spoken and m.figure >= 0]
        for at, mention in enumerate(named):
            figure = figures[mention.figure]
            if figure.narrates:
                continue
            after = next((m.start for m in named[at + 1 :] if m.figure != mention.figure), mention.end + _REACH)
            _read_pronoun(mentions, mention, min(after, mention.end + _REACH), figure)
            _read_calling(mentions, mention, figure)
            word = traits.age_word.search(mentions.text, max(0, mention.start - _AGE_LENGTH), mention.start)
            if word:
                counts = ages.setdefault(figure.index, {})
                counts[word.group(1).lower()] = counts.get(word.group(1).lower(), 0) + 1
    for index, counts in ages.items():
        word_, count = max(counts.items(), key=lambda item: (item[1], item[0]))
        figure = figures[index]
        if count > _USUAL * figure.mentions and not figure.listed:
            figure.age = traits.epithet_ages[word_]
    for figure in figures:
        _age_by_role(figure, language)


def _read_pronoun(mentions: Mentions, mention: Mention, end: int, figure: Figure) -> None:
    """Learn the gender from the first pronoun behind a name: "Quill sneezed. He"."""
    stretch = mentions.text[mention.end : end]
    stop = min((i for i in (stretch.find('"'), stretch.find("\n")) if i >= 0), default=len(stretch))
    pronoun = mentions.language.traits.gendered.search(stretch, 0, stop)
    if pronoun:
        figure.add_gender_evidence(MALE if pronoun.group(1) else FEMALE, 1.0 if mention.subject else _OF_NO_SUBJECT)


def _read_calling(mentions: Mentions, mention: Mention, figure: Figure) -> None:
    """Learn from "Mr. Gradgrind, the schoolmaster" and "her brother Tom"."""
    text, table, traits = mentions.text, mentions.language.lists.roles, mentions.language.traits
    of = mentions.language.descriptions.of
    behind_name = traits.apposition.match(text, mention.end) if text[mention.end : mention.end + 1] == "," else None
    before_name = traits.before_name.search(text, max(0, mention.start - _CALLING_LENGTH), mention.start)
    for match in (behind_name, before_name):
        if not match:
            continue
        words = match.group(1).split()
        head = next((w for w in words if w in table), "") if match is behind_name else words[-1].lower()
        if head in table and not (match is behind_name and len(words) > 1 and words[0] == head and words[1] == of):
            figure.roles.add(head)
            figure.add_gender_evidence(table[head].gender, 1.0)


def _age_by_role(figure: Figure, language: Language) -> None:
    """Take the age that a description or the title "Master" tells."""
    if figure.listed or figure.age != "adult":
        return
    for role in sorted(figure.roles):
        word = language.lists.roles.get(role)
        if word and word.age != "adult" and figure.role == role:
            figure.age = word.age
    lone = {a.split()[0].rstrip(".").lower() for a in figure.aliases}
    titles = language.traits
    if lone & titles.boys and figure.female < CERTAIN_GENDER and not lone & titles.men:
        figure.age = "young"
