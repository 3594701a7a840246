"""Claims to incidents, and each incident's toll over time."""

from etl.incidents.resolution import RESOLVER_VERSION, Resolution, resolve

__all__ = ["RESOLVER_VERSION", "Resolution", "resolve"]
