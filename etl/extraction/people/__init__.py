"""Who is counted: the words that name people, their numbers, and those listed with them."""
