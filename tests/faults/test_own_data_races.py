"""One's own data, asked for, fetched, taken back and erased from many windows at once: each has one effect."""

import pytest

from members.actions import downloads, erasures, taxonomies
from members.choices.own_data import DownloadState, ErasureState
from members.choices.verbs import Verb
from members.models import AuditEvent, Download, Erasure, Expertise, Person
from tests import people
from tests.at_once import AT_ONCE, at_once
from tests.clock import Clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


@pytest.fixture
def user(transactional_db, settings, tmp_path):
    settings.DOWNLOADS_ROOT, settings.ERASURES_LEDGER = tmp_path / "downloads", tmp_path / "erasures.jsonl"
    return people.assemble()["individual"]


@pytest.fixture
def due(user):
    erasure = erasures.ask(user=user, by=user)
    clock = Clock()
    clock.shift_every_process(days=15)
    yield erasure
    clock.reset_every_process()


def recorded(verb) -> int:
    return AuditEvent.objects.filter(verb=verb).count()


def test_asked_for_at_once_it_is_one_download_and_one_erasure(user):
    assert len(set(at_once(lambda number: downloads.ask(user=user, by=user).pk))) == Download.objects.count() == 1
    assert len(set(at_once(lambda number: erasures.ask(user=user, by=user).pk))) == Erasure.objects.count() == 1
    assert (recorded(Verb.DOWNLOAD_ASKED), recorded(Verb.ERASURE_ASKED)) == (1, 1)


def test_workers_at_once_put_it_together_once(user):
    downloads.ask(user=user, by=user)

    assert sum(at_once(lambda number: downloads.build_due())) == 1

    assert recorded(Verb.DOWNLOAD_READY) == 1


def test_fetched_at_once_it_is_handed_out_once(user):
    downloads.ask(user=user, by=user)
    downloads.build_due()
    row = Download.objects.get()

    def fetch(number):
        _row, content = downloads.fetch(download=row, by=user)
        with content:
            return len(content.read())

    done = at_once(fetch)

    row.refresh_from_db()
    assert done.count("fetched") == AT_ONCE - 1
    assert row.size in done
    assert (row.state, recorded(Verb.DOWNLOAD_FETCHED)) == (DownloadState.FETCHED, 1)


def test_taken_back_and_carried_out_at_once_it_is_one_of_the_two(due, user):
    acts = (lambda: erasures.take_back(erasure=due, by=user), lambda: erasures.carry_out(erasure=due))

    done = at_once(lambda number: acts[number % 2]().state)

    due.refresh_from_db()
    assert done.count("over") == AT_ONCE - 1
    is_erased = Person.objects.get(user=user).name == ""
    assert is_erased == (due.state == ErasureState.DONE) == (recorded(Verb.ERASED) == 1)
    assert recorded(Verb.ERASURE_TAKEN_BACK) == (0 if is_erased else 1)


def test_merged_at_once_into_one_another_one_stays_in_use(user):
    first, second = Expertise.objects.filter(parent__isnull=False).order_by("code")[:2]
    pairs = ((first, second), (second, first))

    at_once(lambda number: taxonomies.merge(pairs[number % 2][0], into=pairs[number % 2][1], by=None).pk)

    assert recorded(Verb.REFERENCE_MERGED) == 1
    assert Expertise.objects.filter(pk__in=[first.pk, second.pk], retired_on=None).count() == 1
