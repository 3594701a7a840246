"""Claims to incidents, and each incident's toll over time."""

from etl.incidents.resolution import Resolution, resolve

__all__ = ["Resolution", "resolve"]
