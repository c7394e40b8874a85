"""Produce many audio dramas: one pool and shared voices for all; one that fails does not stop the others."""

from audiodrama.batch.dry_run import forecast_all
from audiodrama.batch.outcomes import BatchProgress, Outcome
from audiodrama.batch.passed_over import passed_over
from audiodrama.batch.runner import produce_all
from audiodrama.batch.summary_file import SUMMARY

__all__ = ["SUMMARY", "BatchProgress", "Outcome", "forecast_all", "passed_over", "produce_all"]
