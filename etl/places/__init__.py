"""The gazetteer, and how a name becomes one place."""
