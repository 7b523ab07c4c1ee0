"""Reads of one organisation's page."""

from members.models import Membership, Organisation
from members.permissions.organisations import visible_to
from members.permissions.table import Right
from members.queries.directory import people_of
from members.queries.people import names_for


def page_of(organisation: Organisation, *, viewer, on) -> dict:
    """What a viewer sees on an organisation's page: its terms, and those who speak for it whom the viewer may know."""
    terms = list(Membership.objects.with_holder().filter(organisation=organisation))
    representatives = people_of(organisation, on=on)
    names = names_for(viewer, [term.person_id for term in representatives], on=on)
    return {
        "organisation": organisation,
        "current": next((term for term in terms if term.is_in_force(on=on)), None),
        "past": [term for term in terms if not term.is_in_force(on=on)],
        "representatives": [
            {
                "pk": term.pk,
                "name": names[term.person_id],
                "public_id": term.person.public_id,
                "role": term.get_role_display(),
                "is_oneself": term.person.user_id == viewer.pk,
            }
            for term in representatives
        ],
        "may_manage": visible_to(viewer, right=Right.MANAGE_ORGANISATION).filter(pk=organisation.pk).exists(),
    }
