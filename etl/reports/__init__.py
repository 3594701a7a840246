"""What a page is before anyone reads it for claims: text, dateline, language, copies."""
