"""The public pages, leaving, language, and what the demonstration shows."""
