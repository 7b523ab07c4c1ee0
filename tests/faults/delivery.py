"""What the tests of delivery share: a mail server that misbehaves as told, many notices, and the checker."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from email import message_from_bytes
from email.policy import default as modern

from django.db.models import F
from django.test import override_settings

from members.choices.ballots import BallotState
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.models import AuditEvent, Ballot, DecisionRule, User
from platform_portal import environment
from secretariat.choices import Doubt, Kind, NoticeState
from secretariat.emails.mails import REPEATED
from secretariat.models import Notice
from secretariat.rules.delivery import LEASE, LONGEST_WAIT
from secretariat.rules.table import MANNERS
from tests.portal import MailSink

REPEATED_KIND, LEFT_KIND = Kind.BALLOT_OPENED, Kind.CONCERN_CLEARED
assert MANNERS[REPEATED_KIND].doubt == Doubt.REPEAT
assert MANNERS[LEFT_KIND].doubt == Doubt.LEAVE


class Postbox(MailSink):
    """A mail server that keeps what it took by Message-ID, and answers as the test says.

    `answers` are used up one by one, at the stage they are for: a reply to give instead of its own, `DROP` to hang up
    without a word, `HANG` to say nothing. `pause` is how long it thinks about each text, in seconds.
    """

    DROP, HANG = "drop", "hang"

    def __init__(self, *, pause=0.0):
        super().__init__()
        self.taken = defaultdict(list)
        self.answers = defaultdict(list)
        self.pause = pause
        self.hanging = []

    async def answer(self, stage, server, usual):
        """The next scripted answer of a stage, or the usual one."""
        reply = self.answers[stage].pop(0) if self.answers[stage] else usual
        if reply == self.DROP:
            server.transport.abort()
        if reply == self.HANG:
            self.hanging.append(asyncio.current_task())
            await asyncio.sleep(60)
        return reply

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        reply = await self.answer("MAIL", server, "250 yes")
        if reply.startswith("250"):
            envelope.mail_from = address
        return reply

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        reply = await self.answer(address, server, "") or await self.answer("RCPT", server, "250 yes")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        """It keeps a text also when it then hangs up: that is what makes the doubt."""
        await asyncio.sleep(self.pause)
        reply = await self.answer("DATA", server, "250 taken")
        if reply.startswith(("250", self.DROP)):
            message = message_from_bytes(envelope.content, policy=modern)
            self.messages.append(message)
            self.taken[message["Message-ID"]].append(message)
        return reply

    def come_back(self):
        """Open again at the same place, after `stop`."""
        self.controller = type(self.controller)(self, hostname="127.0.0.1", port=self.controller.port)
        self.start()

    def stop(self):
        for task in self.hanging:
            self.controller.loop.call_soon_threadsafe(task.cancel)
        super().stop()


def mailers(postbox, *, timeout=20):
    """Settings under which mails go to a postbox, with so many seconds of patience."""
    return mailers_at("127.0.0.1", postbox.controller.port, timeout=timeout)


def mailers_at(host, port, *, timeout=20):
    mailer = environment.mailer(f"smtp://{host}:{port}", tls_demanded=False)
    mailer["OPTIONS"]["timeout"] = timeout
    return override_settings(MAILERS={"default": mailer})


def open_ballot() -> Ballot:
    """A ballot with as few rows as a notice about it needs."""
    rule = DecisionRule.objects.create(key="a-rule", version=1, title="A rule", settings={})
    now = database_now()
    return Ballot.objects.create(
        number="SC-2026-001",
        rule=rule,
        rule_snapshot={},
        subject=rule,
        subject_version=1,
        question="Shall it?",
        prepared_by=User.objects.create_user("officer@many.test"),
        state=BallotState.OPEN,
        opens_at=now,
        closes_at=now + timedelta(days=14),
    )


def many(count, *, about=None) -> list[Notice]:
    """So many notices of one act to as many readers, every second of a kind that is never repeated."""
    event = AuditEvent.objects.create(verb=Verb.BALLOT_PREPARED, target=about or open_ballot())
    readers = User.objects.bulk_create(
        User(email=f"reader-{number}@many.test", password="!") for number in range(count)
    )
    return Notice.objects.bulk_create(
        Notice(event=event, kind=(REPEATED_KIND, LEFT_KIND)[number % 2], user=reader, language="en")
        for number, reader in enumerate(readers)
    )


def age_claims():
    """Let the lease of every reservation run out, as if its worker had been silent for long enough."""
    Notice.objects.exclude(claimed_at=None).update(claimed_at=F("claimed_at") - LEASE - timedelta(seconds=1))


def end_waits():
    """Let every pause between attempts be over."""
    Notice.objects.waiting().update(not_before=F("not_before") - LONGEST_WAIT)


def check(postbox):
    """Compare every notice with what the server took: none lost, none twice without saying so, nothing unknown."""
    notices = {notice.message_id: notice for notice in Notice.objects.exclude(state=NoticeState.INBOX)}
    assert set(postbox.taken) <= set(notices)
    for message_id, notice in notices.items():
        copies = postbox.taken.get(message_id, [])
        unmarked = [copy for copy in copies if copy[REPEATED] is None]
        assert len(unmarked) <= 1, f"{notice} came twice without saying so"
        assert notice.state in {NoticeState.SENT, NoticeState.UNCERTAIN, NoticeState.DEAD}, f"{notice} still waits"
        assert copies or notice.state != NoticeState.SENT, f"{notice} is lost"
        if MANNERS[notice.kind].doubt == Doubt.LEAVE:
            assert len(copies) <= 1, f"{notice} was repeated"
    return {state: sum(notice.state == state for notice in notices.values()) for state in NoticeState}
