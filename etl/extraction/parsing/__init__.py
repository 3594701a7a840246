"""Text to parsed sentences: where they end, their case, and the small language model made quick."""
