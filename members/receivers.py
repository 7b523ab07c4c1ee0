"""Reactions of the ground floor to its own news: each calls one action."""
