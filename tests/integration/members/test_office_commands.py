"""The first start: nobody is in office yet, and the machine itself says who is to be."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from members.actions import accounts, people, reference
from members.choices.bodies import Role
from members.choices.verbs import Verb
from members.models import (
    AuditEvent,
    ChairTerm,
    CustodianTerm,
    Membership,
    Organisation,
    Person,
    SeatTerm,
    StaffTerm,
    User,
)
from members.permissions.roles import roles_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def prepared(db):
    reference.load()


def offices(*words):
    said = StringIO()
    call_command("offices", *words, stdout=said)
    return said.getvalue()


def roles(email):
    return roles_of(User.objects.by_email(email))


def founded():
    offices("member", "Institute of the First Day", "--country", "ke")
    offices("seat", "1", "amina@first.example", "--name", "Amina First")


def test_from_nobody_to_a_committee_and_a_secretariat():
    founded()
    offices("staff", "head@first.example", "--name", "Head of Office", "--role", "head", "--until", "2099-01-01")
    offices("chair", "amina@first.example", "--until", "2099-01-01")

    assert roles("amina@first.example") >= {Role.STEERING, Role.CHAIR, Role.REPRESENTATIVE}
    assert roles("head@first.example") == {Role.SECRETARIAT}
    assert Membership.objects.get().founding
    assert "Seat 1, principal: Amina First, amina@first.example, without an end" in offices()
    assert "Secretariat, head: Head of Office, head@first.example, until 2098-12-31" in offices("list")
    call_command("check_rights", stdout=StringIO())


def test_who_is_appointed_comes_in_by_a_link_and_has_no_password_yet():
    offices("staff", "Head@First.example", "--name", "Head of Office")

    user = User.objects.get()
    assert user.email == "head@first.example"
    assert not user.has_usable_password()
    assert user.person.name == "Head of Office"


def test_an_institution_takes_part_without_a_seat():
    offices("member", "Institute of the Second Day", "--country", "PT", "--tier", "institutional")

    assert not hasattr(Organisation.objects.get(), "seat")


def test_every_office_of_somebody_ends_together_and_another_can_follow():
    founded()
    offices("chair", "amina@first.example", "--until", "2099-01-01")

    assert "2 terms have ended." in offices("end", "amina@first.example", "--reason", "Retired")

    assert not roles("amina@first.example") & {Role.STEERING, Role.CHAIR}
    offices("seat", "1", "bo@first.example", "--name", "Bo Second", "--role", "alternate")
    offices("chair", "bo@first.example", "--until", "2099-01-01")
    assert roles("bo@first.example") >= {Role.STEERING, Role.CHAIR}


@pytest.mark.parametrize(
    "words",
    [
        ("seat", "7", "amina@first.example", "--name", "Amina First"),
        ("seat", "1", "nameless@first.example"),
        ("seat", "1", "bo@first.example", "--name", "Bo Second"),
        ("chair", "nobody@first.example", "--until", "2099-01-01"),
        ("end", "nobody@first.example"),
        ("member", "Institute of Nowhere", "--country", "XX"),
    ],
)
def test_what_cannot_be_leaves_nothing_behind(words):
    founded()
    before = state()

    with pytest.raises(CommandError):
        offices(*words)

    assert state() == before


def state():
    tables = (User, Person, Organisation, Membership, SeatTerm, ChairTerm, StaffTerm, AuditEvent)
    return [table.objects.count() for table in tables]


def test_a_login_is_closed_at_once_and_opened_again():
    offices("staff", "head@first.example", "--name", "Head of Office")
    user, client = User.objects.get(), Client()
    client.force_login(user)

    call_command("logins", "close", "HEAD@first.example", stdout=StringIO())

    assert client.get("/inbox/").url.startswith("/accounts/login/")
    assert not User.objects.get().groups.exists()
    call_command("logins", "reopen", "head@first.example", stdout=StringIO())
    assert roles("head@first.example") == {Role.SECRETARIAT}
    assert AuditEvent.objects.filter(verb__in=[Verb.LOGIN_CLOSED, Verb.LOGIN_REOPENED]).count() == 2


@pytest.mark.parametrize(("act", "email"), [("close", "nobody@first.example"), ("reopen", "head@first.example")])
def test_there_is_nothing_to_close_or_to_reopen(act, email):
    accounts.open_login(email="head@first.example", by=None)

    with pytest.raises(CommandError):
        call_command("logins", act, email)

    assert User.objects.get().is_active


def test_a_custodian_is_of_an_institution_and_known():
    founded()
    people.enter(name="Nobody With a Login", by=None)
    offices("custodian", "amina@first.example", "--until", "2099-01-01")
    assert [term.person.name for term in CustodianTerm.objects.all()] == ["Amina First"]
    assert "Custodian: Amina First" in offices()
    with pytest.raises(CommandError, match="There is no person"):
        offices("custodian", "unknown@first.example")
    offices("staff", "head@first.example", "--name", "Head of Office", "--role", "head", "--until", "2099-01-01")
    with pytest.raises(CommandError, match="no institution"):
        offices("custodian", "head@first.example")
    assert CustodianTerm.objects.count() == 1
