"""The Dash dashboard over the published tables."""
