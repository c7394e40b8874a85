"""Turn a Script's unsure lines into surer ones by asking a language model.

    Script -> Plan (questions, what earlier answers say, an estimate) -> Opinion (the Script, what went wrong)

Only the speaker, the confidence and the evidence of the lines asked about can change. The rest of the script stays
as it is, even if the endpoint sends nonsense, and a line without a usable answer keeps the speaker it had.
"""

from __future__ import annotations

from audiodrama.script.second_opinion.asking import Opinion, ask_model
from audiodrama.script.second_opinion.endpoint import Endpoint, Timeouts
from audiodrama.script.second_opinion.plan import Estimate, QuestionPlan, plan
from audiodrama.script.second_opinion.questions import UNSURE

__all__ = ["UNSURE", "Endpoint", "Estimate", "Opinion", "QuestionPlan", "Timeouts", "ask_model", "plan"]
