"""The public register of decisions."""

from members.models import Decision


def latest(limit: int) -> list[Decision]:
    """The newest decisions, each with its ballot."""
    return list(Decision.objects.select_related("ballot").order_by("-decided_at")[:limit])
