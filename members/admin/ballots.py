"""Ballots and decisions, for reading; the log without what was said, since positions may not be known yet."""

from django.contrib import admin

from members.admin.base import ForReading
from members.models import Ballot, BallotEvent, Decision


@admin.register(Ballot)
class BallotAdmin(ForReading):
    list_display = ["number", "rule", "state", "opens_at", "closes_at", "verdict"]
    list_select_related = ["rule"]
    list_filter = ["state", "verdict"]
    search_fields = ["number"]
    fields = [
        "number",
        "rule",
        "rule_snapshot",
        "subject_version",
        "subject_digest",
        "frozen",
        "state",
        "opens_at",
        "closes_at",
        "decided_at",
        "verdict",
        "parent",
        "prepared_by",
    ]


@admin.register(BallotEvent)
class BallotEventAdmin(ForReading):
    list_display = ["ballot", "sequence", "type", "at", "hash"]
    list_select_related = ["ballot"]
    search_fields = ["ballot__number"]
    fields = ["ballot", "sequence", "type", "at", "previous_hash", "hash"]


@admin.register(Decision)
class DecisionAdmin(ForReading):
    list_display = ["number", "verdict", "decided_at"]
    list_filter = ["verdict"]
    search_fields = ["number"]
    fields = ["number", "ballot", "verdict", "reasons", "decided_at"]
