"""The schema, the store and the exports."""
