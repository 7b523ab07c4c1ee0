"""Files on their way in through a form, and to their place on disk."""

import io
import os
import resource
import stat
from contextlib import ExitStack, closing, contextmanager
from itertools import chain, repeat

import pytest
from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from members.kernel import files
from members.kernel.filenames import attachment
from members.kernel.storage import PrivateStorage
from members.kernel.uploads import REQUEST_CEILING, CleanFileField
from tests.factories import files as made

pytestmark = pytest.mark.usefixtures("handlers")


@pytest.fixture
def handlers(settings):
    settings.FILE_UPLOAD_HANDLERS = ["members.kernel.uploads.CutOffUploadHandler"]


class Form(forms.Form):
    motive = forms.CharField()
    paper = CleanFileField(required=False)


@pytest.fixture
def ask():
    """Makes requests, and closes them in the end as the server does."""
    with ExitStack() as open_requests:

        def make(method="post", *positional, **named):
            request = getattr(RequestFactory(), method)(*positional, **named)
            open_requests.enter_context(closing(request))
            return request

        yield make


@pytest.fixture
def bound(ask):
    """Binds the form as a view would, from a real multipart body."""

    def bind(**sent) -> Form:
        request = ask("post", "/", {"motive": "because", **sent})
        return Form(request.POST, request.FILES)

    return bind


def upload(content, name="seal.png", declared="image/png"):
    return SimpleUploadedFile(name, content, declared)


def test_a_good_file_becomes_a_clean_one(bound):
    form = bound(paper=upload(made.picture()))
    assert form.is_valid()
    assert isinstance(form.cleaned_data["paper"], files.Clean)
    assert form.cleaned_data["paper"].display_name == "seal.png"


def test_no_file_is_no_file(bound):
    form = bound()
    assert form.is_valid()
    assert form.cleaned_data["paper"] is None


def test_thirty_megabytes_are_refused_beside_the_field_and_the_answers_are_kept(bound):
    form = bound(paper=upload(bytes(30 * files.MEGABYTE)))
    assert not form.is_valid()
    [sentence] = form.errors["paper"]
    assert sentence.startswith("This file is larger than 10 MB. Make it smaller")
    assert form.cleaned_data == {"motive": "because"}


class Body(io.RawIOBase):
    """A multipart body with a file of so many megabytes, made as it is read."""

    def __init__(self, megabytes: int):
        self.pieces = chain(
            [b'--x\r\nContent-Disposition: form-data; name="paper"; filename="a.png"\r\n\r\n'],
            repeat(bytes(files.PIECE), megabytes * files.MEGABYTE // files.PIECE),
            [b"\r\n--x--\r\n"],
        )
        self.waiting = b""

    def read(self, size=-1):
        while len(self.waiting) < size and (piece := next(self.pieces, None)):
            self.waiting += piece
        given, self.waiting = self.waiting[:size], self.waiting[size:]
        return given


def test_memory_does_not_grow_with_what_is_sent(ask):
    request = ask("generic", "POST", "/", b"-", "multipart/form-data; boundary=x")
    request.META["CONTENT_LENGTH"] = str(95 * files.MEGABYTE)
    request._stream = Body(90)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert request.FILES["paper"].size == 90 * files.MEGABYTE
    assert not Form({"motive": "because"}, request.FILES).is_valid()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_an_empty_file_has_a_sentence_of_its_own(bound):
    assert bound(paper=upload(b"")).errors["paper"] == ["This file is empty. Choose the file again."]


def test_many_large_files_in_one_request_are_not_all_kept(ask):
    content = bytes(8 * files.MEGABYTE)
    request = ask("post", "/", {f"paper{number}": upload(content) for number in range(6)})
    kept = [len(sent.read()) for name, sent in sorted(request.FILES.items()) if int(name[-1]) < 3]
    assert kept == [8 * files.MEGABYTE] * 3
    with pytest.raises(OSError, match="more files"):
        request.FILES["paper5"].read()


def test_a_request_beyond_the_ceiling_is_not_read(ask):
    request = ask(
        "generic", "POST", "/", b"--x--", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(REQUEST_CEILING + 1)
    )
    with pytest.raises(RequestDataTooBig):
        request.POST  # noqa: B018


def test_a_body_in_base64_is_cut_off_all_the_same(ask):
    piece = b"QUJD" * 1024 + b"\r\n"
    body = (
        b'--x\r\nContent-Disposition: form-data; name="paper"; filename="a.png"\r\nContent-Type: image/png\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + piece * 4000 + b"\r\n--x--\r\n"
    )
    request = ask("generic", "POST", "/", body, "multipart/form-data; boundary=x")
    assert len(request.FILES["paper"].read()) == files.LIMIT + 1


@contextmanager
def little_room(size: int):
    """No file may grow beyond `size` bytes: what a full disk does to a write, without filling one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_beside_the_field_and_leaves_nothing(bound, tmp_path):
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path)), little_room(1_500_000):
        form = bound(paper=upload(made.picture() + bytes(3 * files.MEGABYTE)))
    assert form.errors["paper"] == ["The file did not arrive whole. Please send it again."]
    assert form.cleaned_data == {"motive": "because"}
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_in_the_temporary_folder(ask, tmp_path):
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path)):
        request = ask("post", "/", {"paper": upload(bytes(3 * files.MEGABYTE))})
        assert request.FILES["paper"].size == 3 * files.MEGABYTE
        assert list(tmp_path.iterdir()) == []


def test_a_stored_file_is_the_groups_to_read_and_nobody_elses(tmp_path):
    storage = PrivateStorage(tmp_path / "media")
    clean = files.inspect("../../seal.png", "image/png", io.BytesIO(made.picture()))
    name = storage.save(clean.storage_name, clean.as_file())
    assert name == clean.storage_name
    stored = tmp_path / "media" / name
    assert stored.read_bytes() == clean.content
    assert stat.S_IMODE(stored.stat().st_mode) == 0o640
    assert stat.S_IMODE(stored.parent.stat().st_mode) == 0o750
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [name]
    with pytest.raises(NotImplementedError):
        storage.url(name)
    with pytest.raises(FileExistsError):
        storage.save(name, ContentFile(b"other"))
    assert stored.read_bytes() == clean.content


def test_a_file_that_cannot_be_written_whole_is_not_left_behind(tmp_path):
    storage = PrivateStorage(tmp_path)
    with little_room(1000), pytest.raises(OSError, match="too large"):
        storage.save("half.png", ContentFile(os.urandom(200_000)))
    assert list(tmp_path.iterdir()) == []


def test_a_download_is_an_attachment():
    response = HttpResponse(b"", headers={"Content-Disposition": attachment('a"\r\nX: y.pdf')})
    assert b"X: y" not in response.serialize_headers()
