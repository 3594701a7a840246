"""Tests of incidents and their tolls."""
