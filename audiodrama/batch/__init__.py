"""Produce many audio dramas: a crew and a casting for all of them, a failure for one of them only."""

from audiodrama.batch.flight import produce_all
from audiodrama.batch.forecasts import forecast_all
from audiodrama.batch.ledger import SUMMARY
from audiodrama.batch.outcomes import Listener, Outcome

__all__ = ["SUMMARY", "Listener", "Outcome", "forecast_all", "produce_all"]
