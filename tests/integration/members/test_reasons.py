"""The reasons of a refusal: given once, in a letter, and kept with the decision."""

import pytest
from django.db import DatabaseError, transaction

from members.actions import screening
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import AuditEvent, Decision, Letter
from members.queries import letters
from secretariat.models import Notice
from tests.factories import members as made
from tests.factories.ballots import voted
from tests.refusals import refused

pytestmark = pytest.mark.django_db

REASONS = "The work described lies in another field."


@pytest.fixture
def office(cast):
    return cast["secretariat-1"]


@pytest.fixture
def refusal(cast):
    """An application that the committee has refused."""
    return voted(cast, ["no"] * 5).subject


def given(application, office, **changes):
    draft = letters.draft(application, "refused", by=office, on=today())
    facts = {"reason": REASONS, "subject": draft["subject"], "body": draft["body"]}
    return screening.give_reasons(application=application, by=office, **facts | changes)


def kept():
    """What giving reasons leaves behind."""
    reasons = list(Decision.objects.values_list("reasons", flat=True))
    return reasons, Letter.objects.count(), AuditEvent.objects.count(), Notice.objects.count()


def test_they_stay_with_the_decision_the_application_and_the_letter(refusal, office):
    sent = given(refusal, office)
    refusal.refresh_from_db()
    assert Decision.objects.get().reasons == refusal.outcome_reason == REASONS
    assert REASONS in sent.body
    assert "Because." not in sent.body
    assert refusal.reapply_on > today()
    assert Notice.objects.get(event__verb=Verb.LETTER_SENT).user == refusal.applicant
    assert letters.draft(refusal, "refused", by=office, on=today())["left"] == []


def test_they_are_given_once(refusal, office):
    sent, before = given(refusal, office), kept()
    assert given(refusal, office) == sent
    with refused("given"):
        given(refusal, office, reason="Others.")
    assert kept() == before


def test_they_go_in_a_whole_letter(refusal, office):
    before = kept()
    with refused("unfilled"):
        given(refusal, office, body="From {starts_on}.")
    assert kept() == before


def test_they_go_to_those_who_were_not_admitted_alone(cast, office):
    new = made.submitted()
    before = kept()
    with refused("not-now"):
        given(new, office)
    assert kept() == before


@pytest.mark.parametrize("change", [{"reasons": "Others."}, {"reasons": ""}, {"verdict": "approved"}])
def test_a_decision_keeps_them_and_everything_else(refusal, office, change):
    given(refusal, office)
    with pytest.raises(DatabaseError, match="given its reasons once"), transaction.atomic():
        Decision.objects.update(**change)
