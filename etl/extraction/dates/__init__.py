"""Days that a report prints, and which of them each claim's harm happened on."""
