"""Names are one line, whichever way they come in: nobody writes paragraphs into the portal's mails by a name."""

import pytest
from django.urls import reverse

from members.actions import entry, organisations, people
from members.choices.applications import Step
from members.kernel.lines import is_one_line
from members.models import Organisation, Person, Referee
from tests.applying import again, page, send
from tests.factories import members as made
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

FORGED = "Alamy\r\n\r\nYOUR ACCOUNT IS LOCKED\u2028now\u202e"
LINE = "Alamy YOUR ACCOUNT IS LOCKED now"


def test_in_an_application(client, cast):
    application = made.draft("individual", user=cast["stranger"])
    typed = {"name": FORGED, "headline": FORGED, "biography": "One.\r\n\r\nTwo."}
    send(sign_in(client, cast["stranger"]), application, Step.IDENTITY, typed)
    kept = again(application).answers[Step.IDENTITY]
    assert (kept["name"], kept["headline"], kept["biography"]) == (LINE, LINE, "One.\n\nTwo.")


def test_of_a_referee(client, cast):
    application = made.draft("individual", user=cast["stranger"])
    sent = {"name": FORGED, "email": "ada@made.test", "relationship": FORGED}
    sign_in(client, cast["stranger"]).post(page(application, Step.REFEREES), sent)
    referee = Referee.objects.get(application=application)
    assert (referee.name, referee.relationship) == (LINE, LINE)


def test_in_a_profile(client, cast):
    own = cast.person("individual")
    sent = {"name": FORGED, "latin_name": FORGED, "headline": FORGED, "listed": "on", "revision": own.revision}
    sign_in(client, cast["individual"]).post(reverse("members:profile-edit"), sent)
    own.refresh_from_db()
    assert (own.name, own.latin_name, own.headline) == (LINE, LINE, LINE)


def test_of_who_accepts_an_invitation(client, cast):
    link = entry.invite(
        organisation=cast.organisations["institution"], email="new@made.test", role="delegate", by=cast["institution"]
    )
    client.post(entry.address_of(link), {"name": FORGED})
    assert Person.objects.get(user__email="new@made.test").name == LINE


def test_a_name_of_nothing_but_what_nobody_sees_is_none(client, cast):
    link = entry.invite(
        organisation=cast.organisations["institution"], email="new@made.test", role="delegate", by=cast["institution"]
    )
    response = client.post(entry.address_of(link), {"name": "\u202e\r\n\u200b"})
    assert list(response.context["form"].errors) == ["name"]
    assert not Person.objects.filter(user__email="new@made.test").exists()


def test_of_an_organisation_on_its_page(client, cast):
    own = cast.organisations["institution"]
    sent = {"acronym": "I\r\nX", "about": "One.\r\n\r\nTwo.", "revision": own.revision}
    sign_in(client, cast["institution"]).post(reverse("members:organisation-edit", args=[own.slug]), sent)
    own.refresh_from_db()
    assert (own.acronym, own.about.splitlines()) == ("I X", ["One.", "", "Two."])


def test_whatever_an_act_brings(cast):
    person = people.enter(name=FORGED, headline=FORGED, by=None)
    organisation = organisations.enter(name=FORGED, kind="research", acronym="A\nB", by=None)
    assert (person.name, Person.objects.get(pk=person.pk).sort_key) == (LINE, LINE.lower())
    kept = Organisation.objects.get(pk=organisation.pk)
    assert (kept.name, kept.acronym, kept.sort_key) == (LINE, "A B", LINE.lower())
    assert is_one_line(kept.name)
