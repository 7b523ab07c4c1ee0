"""The same act from many windows at once has one effect, on a real database with as many connections."""

import pytest

from members.actions import applications, reference
from members.choices.applications import Step
from members.choices.verbs import Verb
from members.models import Application, AuditEvent, Tier
from members.rules.answers import basis_of
from tests.at_once import AT_ONCE, at_once
from tests.factories import members as made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def world(transactional_db):
    reference.load()


def test_begun_at_once_it_is_one_application():
    user, tier = made.login(), Tier.objects.get(short_name="individual")
    begun = at_once(lambda number: applications.start(tier=tier, user=user, by=user).pk)
    assert len(set(begun)) == Application.objects.count() == 1
    assert AuditEvent.objects.filter(verb=Verb.APPLICATION_STARTED).count() == 1


def test_sent_at_once_it_is_one_version():
    application = made.finished("individual")
    facts = {"application": application, "revision": application.revision, "by": application.applicant}
    sent = at_once(lambda number: applications.submit(**facts).pk)
    assert sent == [application.versions.get().pk] * AT_ONCE
    assert AuditEvent.objects.filter(verb=Verb.APPLICATION_SUBMITTED).count() == 1
    assert AuditEvent.objects.filter(verb=Verb.REFEREE_INVITED).count() == 2


def test_of_windows_that_save_different_texts_at_once_one_wins_and_the_others_are_told():
    application = made.draft("individual")

    def save(number):
        values = {"name": f"Window {number}"}
        facts = {"application": application, "step": Step.IDENTITY, "basis": basis_of({})}
        return applications.save(values=values, by=application.applicant, **facts).answers[Step.IDENTITY]["name"]

    saved = at_once(save)
    assert saved.count("stale") == AT_ONCE - 1
    [winner] = set(saved) - {"stale"}
    application.refresh_from_db()
    assert (application.answers[Step.IDENTITY]["name"], application.revision) == (winner, 1)
