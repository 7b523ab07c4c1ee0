"""Reactions of the Secretariat to what is recorded."""
