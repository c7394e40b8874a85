"""Produce many audio dramas: one pool and shared voices for all; one that fails does not stop the others."""

from audiodrama.batch.dry_run import forecast_all
from audiodrama.batch.outcomes import BatchProgress, Outcome
from audiodrama.batch.runner import produce_all
from audiodrama.batch.summary_file import SUMMARY

__all__ = ["SUMMARY", "BatchProgress", "Outcome", "forecast_all", "produce_all"]
