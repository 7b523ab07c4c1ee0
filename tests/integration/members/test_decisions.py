"""The public register of decisions."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from members.actions import ballots
from members.choices.ballots import Verdict
from members.queries import decisions
from tests.factories.ballots import opened, recommended, voted

pytestmark = pytest.mark.django_db


def text_of(response):
    main = response.content.decode().split("<main")[-1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_register_is_empty_until_something_is_decided(cast, client):
    ballots.prepare(subject=recommended(cast), by=cast["secretariat-1"])
    opened(cast, applicant="individual", tier="rising-leaders")
    ballots.withdraw(ballot=opened(cast, applicant="rising"), by=cast["secretariat-1"], reason="Mistake.")
    page = client.get(reverse("members:decisions"))
    assert "No decision yet" in text_of(page)
    assert "SC-" not in page.content.decode()


def test_everybody_reads_what_was_decided_and_not_who_a_person_is(cast, client, settings):
    settings.SECOND_FACTOR_WAIVED = True
    ballot = voted(cast, ["yes", "yes", "yes", "yes", "no"])
    for reader in (client, client_of(cast["stranger"])):
        page = reader.get(reverse("members:decision", args=[ballot.number]))
        shown = text_of(page)
        assert "Admit an applicant from Africa as an individual member?" in shown
        assert "Approved" in shown
        assert "5 seats, 5 eligible; 4 Yes, 1 No; 4 of 5 deciding votes needed: approved." in shown.replace(
            ", 0 silent", ""
        )
        assert "two thirds" in shown
        for name in ("Awa Testcase", "Applicant in Waiting", "Because.", "Steering Institute"):
            assert name not in page.content.decode()
    member = client_of(cast["individual"]).get(reverse("members:decision", args=[ballot.number]))
    assert "Admit Applicant in Waiting as an individual member?" in text_of(member)


def test_an_organisation_that_was_admitted_is_named(cast, client):
    voted(cast, ["yes"] * 5, tier="institutional", applicant="stranger")
    page = client.get(reverse("members:decisions"))
    assert "Admit Institute of a Testcase as an institutional member?" in text_of(page)


def test_an_organisation_that_was_refused_is_not(cast, client):
    voted(cast, ["no"] * 5, tier="institutional", applicant="stranger")
    page = client.get(reverse("members:decisions"))
    assert "Institute of a Testcase" not in page.content.decode()
    assert "Not approved" in text_of(page)


def test_the_reasons_of_a_refusal_are_for_the_applicant_and_the_committee(cast, client, settings):
    settings.SECOND_FACTOR_WAIVED = True
    ballot = voted(cast, ["no"] * 5)
    reason, url = "The work lies in another field.", reverse("members:decision", args=[ballot.number])
    office, desk = client_of(cast["secretariat-1"]), reverse("members:desk-letter", args=[ballot.subject.number])
    asked = {"reason": reason, "subject": "The decision", "body": "These are the grounds: {reason}"}
    assert office.post(f"{desk}?template=refused", asked | {"reason": ""}).status_code == 200
    assert "They are not given yet." in text_of(client_of(cast["applicant"]).get(url))
    assert office.post(f"{desk}?template=refused", asked).status_code == 302

    day = "Another application is welcome from"
    for name in ("applicant", "steering-2", "secretariat-1"):
        shown = text_of(client_of(cast[name]).get(url))
        assert reason in shown, name
        assert day in shown
    for reader in (client, client_of(cast["individual"]), client_of(cast["stranger"]), client_of(cast["alternate"])):
        shown = text_of(reader.get(url))
        assert reason not in shown
        assert day not in shown
    status = text_of(client_of(cast["applicant"]).get(reverse("members:application", args=[ballot.subject.number])))
    assert reason in status
    assert day in status


def test_a_ballot_that_closed_with_a_hold_is_no_decision(cast, client, clock):
    ballot = voted(cast, ["hold"])
    clock.shift(days=14)
    ballots.close_due()
    assert client.get(reverse("members:decision", args=[ballot.number])).status_code == 404


def test_a_seat_is_led_from_the_decision_to_the_ballot(cast, settings):
    settings.SECOND_FACTOR_WAIVED = True
    ballot = voted(cast, ["yes"] * 5)
    page = client_of(cast["steering-1"]).get(reverse("members:decision", args=[ballot.number]))
    assert reverse("members:ballot", args=[ballot.number]) in page.content.decode()
    assert (
        reverse("members:ballot", args=[ballot.number]) not in Client().get(page.request["PATH_INFO"]).content.decode()
    )


def test_the_newest_come_first_and_as_many_as_are_asked_for(cast):
    numbers = [
        voted(cast, ["yes"] * 5, applicant=name, tier=tier).number
        for name, tier in (("applicant", "individual"), ("stranger", "institutional"), ("individual", "rising-leaders"))
    ]
    found = decisions.latest(2)
    assert [entry.number for entry in found] == numbers[:0:-1]
    assert [(entry.verdict, str(entry.label), entry.tone) for entry in found] == [
        (Verdict.APPROVED, "Approved", "good")
    ] * 2


def test_the_number_of_queries_does_not_grow(cast, client, django_assert_max_num_queries):
    counts = []
    for name in ("applicant", "stranger", "individual", "rising"):
        tier = {"individual": "rising-leaders"}.get(name, "individual")
        voted(cast, ["no"] * 5, applicant=name, tier=tier)
        with django_assert_max_num_queries(50) as captured:
            client.get(reverse("members:decisions"))
        counts.append(len(captured))
    assert len(set(counts)) == 1
