"""Produce many audio dramas: a crew and a casting for all of them, a failure for one of them only."""

from audiodrama.batch.dry_run import forecast_all
from audiodrama.batch.outcomes import BatchProgress, Outcome
from audiodrama.batch.runner import produce_all
from audiodrama.batch.summary_file import SUMMARY

__all__ = ["SUMMARY", "BatchProgress", "Outcome", "forecast_all", "produce_all"]
