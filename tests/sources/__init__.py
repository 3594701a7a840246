"""Tests of etl.sources."""
