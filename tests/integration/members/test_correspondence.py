"""Messages with protected members: without addresses, sealed, and read by the two whose they are alone."""

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members import tasks
from members.actions import accounts, correspondence, erasures, protection, retention
from members.choices.retention import Kept
from members.choices.verbs import Verb
from members.kernel import sealing
from members.kernel.clock import today
from members.models import AuditEvent, Correspondence, Message, User
from members.permissions.protection import record_without_the_protected
from members.queries.correspondence import MOST_SHOWN, lines_for, messages_of
from members.rules.correspondence import MOST_BEGUN_A_DAY, MOST_SENT_A_DAY
from secretariat.choices import Kind
from secretariat.models import Notice
from secretariat.tasks import delivery
from tests.refusals import refused
from tests.signing_in import sign_in
from tests.world import dump

pytestmark = pytest.mark.django_db

TEXT = "The archive in Qysylorda is being closed."


def again(user) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def held(cast):
    """A protected member, listed to members under the handle."""
    user = cast["individual"]
    protection.protect(user=user, by=user)
    return protection.list_for(user=again(user), listed_for=["members"], by=user)


@pytest.fixture
def begun(held, cast):
    """An ordinary member has written to the handle."""
    return correspondence.begin(reader=held.user, text=TEXT, by=cast["rising"])


def texts(row, to) -> list[str]:
    return [said.text for said in messages_of(row, to=to)[0]]


class TestWriting:
    def test_from_the_page_of_a_handle_and_back(self, held, cast):
        writer, owner = sign_in(Client(), cast["rising"]), sign_in(Client(), again(held.user))
        page = reverse("members:person", args=[held.public_id])
        assert reverse("members:person-write", args=[held.public_id]) in writer.get(page).content.decode()
        sent = writer.post(reverse("members:person-write", args=[held.public_id]), {"text": TEXT}, follow=True)
        assert TEXT in sent.content.decode()
        row = Correspondence.objects.get()
        read = owner.get(reverse("members:correspondence", args=[row.public_id])).content.decode()
        assert TEXT in read
        assert "Rising" in read
        owner.post(reverse("members:correspondence", args=[row.public_id]), {"text": "I know."})
        answered = writer.get(reverse("members:correspondence", args=[row.public_id])).content.decode()
        assert "I know." in answered
        assert held.handle in answered
        assert [word for word in ("Individual Member", "individual@cast.test") if word in answered] == []

    def test_neither_sees_an_address(self, begun, held, cast):
        for user, theirs in ((cast["rising"], "individual@cast.test"), (again(held.user), "rising@cast.test")):
            client = sign_in(Client(), user)
            for page in (reverse("members:messages"), reverse("members:correspondence", args=[begun.public_id])):
                assert theirs not in client.get(page).content.decode()

    def test_a_protected_member_writes_first_and_under_the_handle(self, held, cast):
        client = sign_in(Client(), again(held.user))
        page = reverse("members:person-write", args=[cast.person("rising").public_id])
        assert held.handle in client.get(page).content.decode()
        client.post(page, {"text": TEXT})
        row = Correspondence.objects.get()
        assert (row.begun_as, row.written_to_as) == (held.handle, "")
        (line,) = lines_for(cast["rising"], [row])
        assert (line.other, line.unread) == (held.handle, True)

    def test_written_twice_it_is_one_correspondence(self, begun, held, cast):
        correspondence.begin(reader=held.user, text="Once more.", by=cast["rising"])
        correspondence.begin(reader=cast["rising"], text="Yes?", by=again(held.user))
        assert Correspondence.objects.count() == 1
        assert texts(begun, cast["rising"]) == [TEXT, "Once more.", "Yes?"]

    def test_two_who_are_not_protected_have_no_need_of_it(self, cast):
        client = sign_in(Client(), cast["rising"])
        person = cast.person("institution").public_id
        assert "/write/" not in client.get(reverse("members:person", args=[person])).content.decode()
        assert client.post(reverse("members:person-write", args=[person]), {"text": TEXT}).status_code == 403
        assert not Correspondence.objects.exists()

    def test_whoever_takes_none_gets_none(self, held, cast):
        user = again(held.user)
        client = sign_in(Client(), user)
        client.post(reverse("members:protection"), {"listed_for": ["members"]})
        writer = sign_in(Client(), cast["rising"])
        assert "/write/" not in writer.get(reverse("members:person", args=[held.public_id])).content.decode()
        answer = writer.post(reverse("members:person-write", args=[held.public_id]), {"text": TEXT})
        assert answer.status_code == 403
        assert not Message.objects.exists()

    def test_a_handle_that_is_not_listed_is_as_one_that_is_not_there(self, held, cast):
        protection.list_for(user=held.user, listed_for=["steering"], by=held.user)
        client = sign_in(Client(), cast["rising"])
        answer = client.post(reverse("members:person-write", args=[held.public_id]), {"text": TEXT})
        assert answer.status_code == 404
        assert not Message.objects.exists()

    def test_what_was_typed_is_not_lost(self, held, cast):
        client = sign_in(Client(), cast["rising"])
        page = reverse("members:person-write", args=[held.public_id])
        too_long = "long " * 1001
        answer = client.post(page, {"text": too_long})
        assert answer.status_code == 200
        assert too_long.strip() in answer.content.decode()
        assert not Correspondence.objects.exists()


class TestNobodyElse:
    def test_no_office_reads_it(self, begun, cast):
        for name in ("secretariat-1", "steering-1", "institution"):
            client = sign_in(Client(), cast[name])
            for page in ("members:correspondence", "members:correspondence-end"):
                assert client.get(reverse(page, args=[begun.public_id])).status_code == 404
                assert client.post(reverse(page, args=[begun.public_id]), {"text": "Me too."}).status_code == 404
            assert client.get(reverse("members:messages")).content.decode().count("members/messages") == 0
        assert Message.objects.count() == 1
        begun.refresh_from_db()
        assert begun.ended_on is None

    def test_a_dump_does_not_hold_what_was_written(self, begun, tmp_path, settings):
        settings.MEDIA_ROOT = tmp_path
        assert not dump.holds(dump.everything(tmp_path), TEXT)

    def test_the_record_that_officers_read_does_not_tell_of_it(self, begun, cast):
        correspondence.end(correspondence=begun, by=cast["rising"])
        about = AuditEvent.objects.filter(verb__in=[Verb.MESSAGE_SENT, Verb.CORRESPONDENCE_ENDED])
        assert about.count() == 2
        assert not record_without_the_protected(about).exists()

    def test_a_message_is_never_changed(self, begun):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Message.objects.update(sealed_text="")

    def test_it_is_of_one_protected_member_at_least(self, cast):
        with pytest.raises(IntegrityError), transaction.atomic():
            Correspondence.objects.create(begun_by=cast["rising"], written_to=cast["institution"], key="")


class TestNotices:
    def test_the_reader_is_told_once_until_they_have_read(self, begun, held, cast):
        correspondence.send(correspondence=begun, text="And another.", by=cast["rising"])
        assert Notice.objects.filter(user=held.user, kind=Kind.MESSAGE).count() == 1
        sign_in(Client(), again(held.user)).get(reverse("members:correspondence", args=[begun.public_id]))
        correspondence.send(correspondence=begun, text="A third.", by=cast["rising"])
        assert Notice.objects.filter(user=held.user, kind=Kind.MESSAGE).count() == 2

    def test_a_mail_says_neither_what_nor_from_whom(self, begun, held, cast):
        correspondence.send(correspondence=begun, text="The answer.", by=again(held.user))
        delivery.deliver_due()
        sent = {message.to[0]: message for message in mail.outbox}
        for address in ("individual@cast.test", "rising@cast.test"):
            written = sent[address].subject + sent[address].body
            assert [word for word in (TEXT, "The answer.", held.handle, "Rising") if word in written] == []

    def test_looking_at_the_list_reads_nothing(self, begun, held):
        sign_in(Client(), again(held.user)).get(reverse("members:messages"))
        begun.refresh_from_db()
        assert begun.unread_by == held.user


class TestEnding:
    def test_nothing_more_is_sent_and_the_other_does_not_begin_again(self, begun, held, cast):
        owner = sign_in(Client(), again(held.user))
        owner.post(reverse("members:correspondence-end", args=[begun.public_id]))
        with refused("over"):
            correspondence.send(correspondence=begun, text="Why?", by=cast["rising"])
        with refused("not-taken"):
            correspondence.begin(reader=held.user, text="Why?", by=cast["rising"])
        assert Message.objects.count() == 1
        assert texts(begun, cast["rising"]) == [TEXT]

    def test_whoever_ended_it_may_write_first(self, begun, held, cast):
        correspondence.end(correspondence=begun, by=again(held.user))
        fresh = correspondence.begin(reader=cast["rising"], text="After all.", by=again(held.user))
        assert fresh.pk != begun.pk

    def test_ended_twice_is_refused(self, begun, cast):
        correspondence.end(correspondence=begun, by=cast["rising"])
        with refused("over"):
            correspondence.end(correspondence=begun, by=cast["rising"])
        assert AuditEvent.objects.filter(verb=Verb.CORRESPONDENCE_ENDED).count() == 1

    def test_being_refused_does_not_tell_of_another_handle(self, begun, held, cast):
        """Who was ended under one handle is not refused under the next: that would lead from the one to the other."""
        correspondence.end(correspondence=begun, by=again(held.user))
        protection.rename(user=again(held.user), by=held.user)
        fresh = correspondence.begin(reader=again(held.user), text="Good day.", by=cast["rising"])
        assert fresh.written_to_as != begun.written_to_as


class TestWhoOneIsChanges:
    def test_a_new_handle_ends_what_was_written_under_the_old(self, begun, held, cast):
        protection.rename(user=again(held.user), by=held.user)
        begun.refresh_from_db()
        assert begun.ended_on == today()
        (line,) = lines_for(cast["rising"], [begun])
        assert line.other == held.handle != again(held.user).protection.handle

    def test_lowering_does_not_put_a_name_to_the_handle(self, begun, held, cast, clock):
        protection.ask_to_lower(user=held.user, by=held.user)
        clock.shift(hours=73)
        tasks.lower_due_protections()
        begun.refresh_from_db()
        client = sign_in(Client(), cast["rising"])
        page = client.get(reverse("members:correspondence", args=[begun.public_id])).content.decode()
        assert held.handle in page
        assert "Individual Member" not in page.partition("<main")[2]
        with refused("over"):
            correspondence.send(correspondence=begun, text="Is it you?", by=cast["rising"])

    def test_raising_takes_the_name_from_what_was_written_under_it(self, begun, held, cast):
        protection.protect(user=cast["rising"], by=cast["rising"])
        begun.refresh_from_db()
        (line,) = lines_for(again(held.user), [begun])
        assert (line.other, line.ended) == ("a member", True)

    def test_two_correspondences_with_the_same_do_not_mix_their_handles(self, begun, held, cast):
        protection.rename(user=again(held.user), by=held.user)
        fresh = correspondence.begin(reader=again(held.user), text="Good day.", by=cast["rising"])
        others = {line.public_id: line.other for line in lines_for(cast["rising"], [begun, fresh])}
        assert others == {begun.public_id: held.handle, fresh.public_id: again(held.user).protection.handle}

    def test_an_erasure_takes_all_of_it(self, begun, held, cast, clock):
        asked = erasures.ask(user=cast["rising"], by=cast["rising"])
        clock.shift(days=15)
        erasures.carry_out(erasure=asked)
        assert not Correspondence.objects.exists()
        assert not Message.objects.exists()

    def test_who_is_no_longer_a_member_writes_no_more(self, begun, cast, held):
        outsider = cast["stranger"]
        Correspondence.objects.update(begun_by=outsider)
        begun.refresh_from_db()
        with refused("no-member"):
            correspondence.send(correspondence=begun, text="Still here.", by=outsider)
        assert Message.objects.count() == 1

    def test_nobody_writes_to_a_login_out_of_use(self, begun, cast, held):
        accounts.close_login(user=again(held.user), by=None)
        with refused("gone"):
            correspondence.send(correspondence=begun, text="Are you there?", by=cast["rising"])
        assert Message.objects.count() == 1


class TestMuch:
    def test_so_many_messages_a_day(self, begun, cast):
        row = Message.objects.get()
        Message.objects.bulk_create(
            Message(correspondence=begun, written_by=row.written_by, sealed_text=row.sealed_text, sent_on=row.sent_on)
            for _each in range(MOST_SENT_A_DAY - 1)
        )
        with refused("too-many"):
            correspondence.send(correspondence=begun, text="One more.", by=cast["rising"])
        assert Message.objects.count() == MOST_SENT_A_DAY

    def test_so_many_begun_a_day(self, held, cast, monkeypatch):
        monkeypatch.setattr("members.rules.correspondence.MOST_BEGUN_A_DAY", 1)
        assert MOST_BEGUN_A_DAY > 1
        correspondence.begin(reader=cast["rising"], text=TEXT, by=again(held.user))
        with refused("too-many"):
            correspondence.begin(reader=cast["institution"], text=TEXT, by=again(held.user))
        assert Correspondence.objects.count() == 1

    def test_a_long_one_is_read_page_by_page(self, begun, cast):
        first = Message.objects.get()
        Message.objects.bulk_create(
            Message(
                correspondence=begun, written_by=first.written_by, sealed_text=first.sealed_text, sent_on=first.sent_on
            )
            for _each in range(MOST_SHOWN)
        )
        shown, before = messages_of(begun, to=cast["rising"])
        assert len(shown) == MOST_SHOWN
        earlier, none = messages_of(begun, to=cast["rising"], before=before)
        assert (len(earlier), none) == (1, None)
        client = sign_in(Client(), cast["rising"])
        page = reverse("members:correspondence", args=[begun.public_id])
        assert f"before={before}" in client.get(page).content.decode()
        assert client.get(page, {"before": "x"}).status_code == 404

    def test_a_long_list_asks_no_more_than_a_short_one(self, begun, cast):
        client, page = sign_in(Client(), cast["rising"]), reverse("members:messages")
        client.get(page)
        few = asked(client, page)
        for _each in range(30):
            Correspondence.objects.create(
                begun_by=begun.begun_by,
                written_to=begun.written_to,
                written_to_as=begun.written_to_as,
                key=begun.key,
                ended_on=today(),
            )
        assert asked(client, page) == few

    def test_what_is_silent_for_two_years_goes(self, begun, clock):
        clock.shift(days=731)
        retention.carry_out(Kept.CORRESPONDENCE, retention.SWEEPS[Kept.CORRESPONDENCE], by=None, is_asked_for=True)
        assert not Message.objects.exists()


def asked(client, page) -> int:
    """How many statements a page takes."""
    with CaptureQueriesContext(connection) as statements:
        assert client.get(page).status_code == 200
    return len(statements)


class TestKeys:
    def test_an_old_key_is_taken_away(self, begun, cast, settings, monkeypatch):
        old = settings.SEALING_KEY_SERVICE[1]
        path, fresh = settings.SEALING_KEY_SERVICE[0], (b"n" * 32,)
        monkeypatch.delitem(sealing.keys.__dict__, "service", raising=False)
        settings.SEALING_KEY_SERVICE = (path, fresh + old)
        assert correspondence.rotate() == 1
        begun.refresh_from_db()
        del sealing.keys.service
        settings.SEALING_KEY_SERVICE = (path, fresh)
        assert texts(begun, cast["rising"]) == [TEXT]
        del sealing.keys.service
        settings.SEALING_KEY_SERVICE = (path, old)
        with pytest.raises(sealing.CannotOpenError):
            texts(begun, cast["rising"])
        del sealing.keys.service
