"""The dashboard over a real store."""
