"""Claims to incidents, and each incident's toll over time."""
