"""Applying, from the first page to the last, through the pages themselves."""

import pytest
from django.urls import reverse

from members.actions import reference
from members.choices.applications import ApplicationState, Step
from members.choices.verbs import Verb
from members.models import Application, AuditEvent
from members.queries import answers
from tests.factories import members as made
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world():
    reference.load()


@pytest.fixture
def own(client):
    """A client signed in as the applicant of an application."""

    def enter(application):
        return sign_in(client, application.applicant)

    return enter


def page(application, step):
    return reverse("members:application-step", args=[application.number, step])


def send(client, application, step, values, **more):
    """Send a page as a browser does: with the basis that it was shown with."""
    shown = client.get(page(application, step))
    return client.post(page(application, step), values | {"basis": shown.context["basis"]} | more)


TIERS = [("individual", ""), ("institutional", ""), ("rising-leaders", ""), ("steering", "organisation"), ("steering", "person")]


@pytest.mark.parametrize(("tier", "holder"), TIERS)
def test_every_tier_is_applied_for_page_by_page(own, tier, holder):
    application = made.draft(tier)
    client = own(application)
    home = reverse("members:application", args=[application.number])
    assert client.get(home).status_code == 200
    if holder:
        response = send(client, application, Step.HOLDER, {"holder_kind": holder})
        assert response.status_code == 302
        application = Application.objects.with_subject().get(pk=application.pk)
    for step in answers.steps_of(application):
        if step in (Step.HOLDER, Step.REFEREES, Step.DOCUMENTS):
            assert client.get(page(application, step)).status_code == 200
            continue
        response = send(client, application, step, made.good_answers(application, step))
        assert response.status_code == 302, (step, response.context["form"].errors)
    print(client.get(reverse("members:application-check", args=[application.number])).content.decode()[:200])
