"""Turn a story's doubtful lines into questions, and a person's answers into decisions that are kept.

    read -> adapt -> (question -> answer -> kept, adapt again)*

Nothing here prints or reads a keyboard; the command line does.
"""

from audiodrama.review.edits import KeptEdits, keep_edits
from audiodrama.review.people import PersonSummary, describe, people
from audiodrama.review.session import UNSURE_BELOW, Question, Session

__all__ = ["UNSURE_BELOW", "KeptEdits", "PersonSummary", "Question", "Session", "describe", "keep_edits", "people"]
