"""Reactions of the ground floor to news, its own and of the libraries: each calls one action."""
