"""Tests of etl.reports."""
