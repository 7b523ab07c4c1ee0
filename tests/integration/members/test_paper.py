"""An application that came on paper: entered by the Secretariat, and the applicant gets a way in."""

import pytest

from members.actions import entry
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import Application, AuditEvent, EntryLink, User
from secretariat.models import Notice
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
PAPER = {"tier": "individual", "email": "by-post@made.test"}


def test_what_came_on_paper_is_entered_and_its_applicant_gets_a_link(cast, client):
    sign_in(client, cast["secretariat-1"])
    client.post("/desk/applications/new/", PAPER | {"received_on": today().isoformat()})

    application = Application.objects.get(applicant__email=PAPER["email"])
    assert application.entered_by == cast["secretariat-1"]
    assert EntryLink.objects.filter(email=PAPER["email"]).count() == 1
    assert Notice.objects.filter(address=PAPER["email"], event__verb=Verb.ENTRY_ASKED).count() == 1


def test_where_no_link_can_be_written_nothing_is_entered(cast, client, monkeypatch):
    def fail(**facts):
        raise RuntimeError

    monkeypatch.setattr(entry, "ask", fail)
    sign_in(client, cast["secretariat-1"])
    before = AuditEvent.objects.count()
    with pytest.raises(RuntimeError):
        client.post("/desk/applications/new/", PAPER | {"received_on": today().isoformat()})

    assert not User.objects.filter(email=PAPER["email"]).exists()
    assert not Application.objects.exists()
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("name", ["individual", "steering-1", "institution", "stranger"])
def test_nobody_else_enters_paper(cast, client, name):
    sign_in(client, cast[name])
    before = AuditEvent.objects.count()
    assert client.post("/desk/applications/new/", PAPER | {"received_on": today().isoformat()}).status_code == 403

    assert not User.objects.filter(email=PAPER["email"]).exists()
    assert not Application.objects.exists()
    assert AuditEvent.objects.count() == before
