"""The administration: for the Secretariat in office, and for reading where a decision stands behind a row."""

from members.admin import applications, ballots, people, record, taxonomies, tiers

__all__ = ["applications", "ballots", "people", "record", "taxonomies", "tiers"]
