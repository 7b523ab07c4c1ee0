"""A download of one's own data: put together by a worker, fetched once by its owner, deleted after three days."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from members import tasks
from members.actions import downloads
from members.choices.own_data import DownloadState
from members.choices.verbs import Verb
from members.models import AuditEvent, Download, Referee
from secretariat.models import Notice
from tests.factories import ballots as voting
from tests.factories import members as made
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

PAGE = "members:own-data-download"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.DOWNLOADS_ROOT = tmp_path / "downloads"
    settings.MEDIA_ROOT = tmp_path / "documents"
    return settings.DOWNLOADS_ROOT


@pytest.fixture
def applicant(cast):
    """An applicant with a document and a referee who has answered."""
    user = cast["applicant"]
    application = made.submitted("individual", user=user)
    Referee.objects.filter(application=application).update(letter="A secret letter.", email="referee@made.test")
    made.submitted("individual", user=cast["rising"])
    return user


def ready(user) -> Download:
    downloads.ask(user=user, by=user)
    tasks.build_downloads()
    return user.downloads.get(state=DownloadState.READY)


def fetched(client, row):
    return client.post(reverse("members:own-data-fetch", args=[row.public_id]))


def opened(response) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


class TestContents:
    def test_everything_of_oneself_and_nothing_of_others(self, applicant, client, cast):
        sign_in(client, applicant)

        archive = opened(fetched(client, ready(applicant)))

        page = archive.read("index.html").decode()
        data = json.loads(archive.read("data.json"))
        assert data["account"][0]["email"] == applicant.email
        assert data["referees"][0]["email"] == "referee@made.test"
        assert data["profile"][0]["name"] == applicant.person.name
        assert {row["act"] for row in data["acts"]} >= {"Application submitted"}
        assert data["notices"]
        assert len(data["applications"]) == 1
        assert applicant.email in page
        documents = [name for name in archive.namelist() if name.startswith("documents/")]
        assert documents
        assert archive.read(documents[0]).startswith(b"%PDF")
        for text in (page, json.dumps(data)):
            assert "A secret letter." not in text
            assert cast["rising"].email not in text

    def test_what_one_said_in_a_ballot_is_in_it_and_what_others_said_is_not(self, cast):
        ballot = voting.opened(cast)
        for user, reason in ((cast["steering-1"], "My own reason."), (cast["steering-2"], "Somebody's reason.")):
            voting.clear(ballot, user)
            voting.vote(ballot, user, "no", reason)

        with ready(cast["steering-1"]).file.open("rb") as file:
            text = zipfile.ZipFile(file).read("data.json").decode()

        assert "My own reason." in text
        assert "Somebody's reason." not in text

    def test_it_is_written_in_the_readers_language(self, cast):
        user = cast["individual"]
        user.language = "ar"
        user.save()
        with ready(user).file.open("rb") as file:
            page = zipfile.ZipFile(file).read("index.html").decode()
        assert 'lang="ar" dir="rtl"' in page

    def test_the_page_brings_its_look_along_and_loads_nothing(self, cast):
        with ready(cast["individual"]).file.open("rb") as file:
            page = zipfile.ZipFile(file).read("index.html").decode()
        style = page.split("<style>")[1].split("</style>")[0]
        assert all(words in style for words in ("prefers-color-scheme: dark", "@media print", "system-ui"))
        assert not re.search(r"url\(|@import|&\w+;", style)
        assert not re.search(r"<(script|link|img|iframe)|\ssrc=", page)

    def test_a_login_without_a_profile_has_one_too(self, cast):
        assert ready(cast["stranger"]).size > 0


class TestFetching:
    def test_once_and_the_second_time_is_a_page_that_says_so(
        self, cast, client, folder, django_capture_on_commit_callbacks
    ):
        user = cast["individual"]
        sign_in(client, user)
        row = ready(user)
        with django_capture_on_commit_callbacks(execute=True):
            response = fetched(client, row)
            assert response.headers["Content-Disposition"].startswith("attachment")
            assert opened(response).testzip() is None
        assert list(folder.rglob("*.zip")) == []

        again = fetched(client, row)

        assert again.status_code == 410
        assert "fetched already" in again.content.decode()
        assert AuditEvent.objects.filter(verb=Verb.DOWNLOAD_FETCHED).count() == 1

    def test_it_takes_a_fresh_factor_to_ask_and_to_fetch(self, cast, client):
        user = cast["individual"]
        sign_in(client, user, fresh=False)
        assert client.post(reverse(PAGE)).url.startswith(reverse("members:second-factor"))
        assert not Download.objects.exists()
        row = ready(user)

        assert fetched(client, row).url.startswith(reverse("members:second-factor"))
        row.refresh_from_db()
        assert row.state == DownloadState.READY

    def test_nobody_fetches_somebody_elses(self, cast, client):
        row = ready(cast["individual"])
        sign_in(client, cast["secretariat-1"])

        assert fetched(client, row).status_code == 404
        row.refresh_from_db()
        assert row.state == DownloadState.READY

    def test_after_three_days_it_is_deleted(self, cast, client, clock, folder, django_capture_on_commit_callbacks):
        user = cast["individual"]
        row = ready(user)
        clock.shift(hours=72, minutes=1)
        with refused("expired"):
            downloads.fetch(download=row, by=user)
        with django_capture_on_commit_callbacks(execute=True):
            tasks.build_downloads()
        row.refresh_from_db()
        assert (row.state, row.file.name) == (DownloadState.EXPIRED, "")
        assert list(folder.rglob("*.zip")) == []

    def test_a_file_that_is_gone_is_said_to_be_gone(self, cast, client, folder):
        user = cast["individual"]
        row = ready(user)
        (folder / row.file.name).unlink()
        sign_in(client, user)

        assert fetched(client, row).status_code == 410

    def test_it_is_told_and_never_mailed(self, cast, mailoutbox):
        user = cast["individual"]
        ready(user)

        assert Notice.objects.filter(user=user, kind="download_ready").count() == 1


class TestAsking:
    def test_there_is_one_at_a_time(self, cast, client):
        sign_in(client, cast["individual"])
        client.post(reverse(PAGE))
        client.post(reverse(PAGE))

        assert Download.objects.count() == 1
        assert AuditEvent.objects.filter(verb=Verb.DOWNLOAD_ASKED).count() == 1
        page = client.get(reverse(PAGE)).content.decode()
        assert "<progress" in page

    def test_the_part_that_shows_progress_is_asked_for_alone(self, cast, client):
        sign_in(client, cast["individual"])
        client.post(reverse(PAGE))

        part = client.get(reverse(PAGE), headers={"hx-request": "true"}).content.decode()

        assert "<h1" not in part
        assert "<progress" in part


class TestWorkers:
    def test_what_a_killed_worker_had_in_hand_comes_round_again(self, cast, clock):
        user = cast["individual"]
        downloads.ask(user=user, by=user)
        assert downloads.claim() is not None  # and then the worker is killed
        assert downloads.build_due() == 0
        clock.shift(minutes=11)

        assert downloads.build_due() == 1
        assert user.downloads.get().state == DownloadState.READY

    def test_what_kills_its_worker_each_time_is_given_up(self, cast, clock):
        user = cast["individual"]
        downloads.ask(user=user, by=user)
        for _attempt in range(5):
            assert downloads.claim() is not None
            clock.shift(minutes=11)

        assert downloads.claim() is None
        assert user.downloads.get().state == DownloadState.FAILED

    def test_a_file_that_nobody_claims_goes_after_an_hour(self, cast, folder, clock):
        row = ready(cast["individual"])
        lost = folder / "lost.zip"
        lost.write_bytes(b"what a killed worker left")
        clock.shift(hours=2)

        downloads.clear_away()

        assert not lost.exists()
        assert (folder / row.file.name).exists()

    def test_built_twice_at_once_it_is_told_once(self, cast):
        user = cast["individual"]
        row = downloads.ask(user=user, by=user)
        downloads.build(download=row)
        downloads.build(download=row)

        assert AuditEvent.objects.filter(verb=Verb.DOWNLOAD_READY).count() == 1
