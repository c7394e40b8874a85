"""Turn the name of a topic into a page for users: Markdown that lies beside this module.

The words of the page about deliveries are those of ``audiodrama.sound.takes.delivery``, put in when it is read.
"""

from __future__ import annotations

from importlib.resources import files

TOPICS = {
    "casting": "Who has which voice.",
    "script": "The file that says who speaks, to edit.",
    "deliveries": "How a line is said, and which words change it.",
    "pauses": "The silence between lines.",
    "voices": "Which voices there are, and how to cast one.",
    "formats": "What goes in and what comes out.",
    "settings": "What to say once, and who has the last word.",
    "troubleshooting": "What to do when a result is not what it should be.",
}
"""Every topic with what its page is about, in the order in which users meet them."""


def page(topic: str) -> str:
    """The Markdown of a topic's page.

    Raises:
        KeyError: there is no such topic.
    """
    if topic not in TOPICS:
        raise KeyError(topic)
    text = (files(__name__) / f"{topic}.md").read_text(encoding="utf-8")
    return text.replace("{deliveries}", _deliveries()) if topic == "deliveries" else text


def _deliveries() -> str:
    from audiodrama.sound.takes.delivery import words_by_effect

    return "\n".join(f"- {', '.join(words)}" for words in words_by_effect())
