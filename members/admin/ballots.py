"""Ballots and decisions, for reading; logs without what was said, and only once what they tell may be known."""

from django.contrib import admin

from members.admin.base import ForReading
from members.models import Ballot, BallotEvent, Decision
from members.models.ballots import WITH_OUTCOME
from members.permissions.administration import ballots_shown_to


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

    def get_queryset(self, request):
        shown = ballots_shown_to(request.user, on=request.today)
        return super().get_queryset(request).filter(pk__in=shown.values("pk"))


class OfABallot(ForReading):
    """Rows that are shown where their ballot is."""

    def get_queryset(self, request):
        shown = ballots_shown_to(request.user, on=request.today)
        return super().get_queryset(request).filter(ballot__in=shown.values("pk"))


@admin.register(BallotEvent)
class BallotEventAdmin(OfABallot):
    list_display = ["ballot", "sequence", "type", "at", "hash"]
    list_select_related = ["ballot"]
    search_fields = ["ballot__number"]
    fields = ["ballot", "sequence", "type", "at", "previous_hash", "hash"]

    def get_queryset(self, request):
        """Even the kind of an entry says who holds, so the log of a ballot is here once it has its outcome."""
        return super().get_queryset(request).filter(ballot__state__in=WITH_OUTCOME)


@admin.register(Decision)
class DecisionAdmin(OfABallot):
    list_display = ["number", "verdict", "decided_at"]
    list_filter = ["verdict"]
    search_fields = ["number"]
    fields = ["number", "ballot", "verdict", "reasons", "decided_at"]
