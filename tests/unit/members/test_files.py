"""What comes in, what stays out, and what is left of what comes in. The files are made in `tests.factories.files`."""

import hashlib
import io
import resource
import zipfile

import pytest
from PIL import Image

from members.kernel import filenames, files
from members.kernel.refusals import Refused
from tests.factories import files as made

PDF, PNG, JPEG, WEBP = "application/pdf", "image/png", "image/jpeg", "image/webp"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def inspect(content, name="paper.pdf", declared=PDF, **options):
    return files.inspect(name, declared, io.BytesIO(content), **options)


def refused(content, name="paper.pdf", declared=PDF, **options):
    with pytest.raises(Refused) as caught:
        inspect(content, name, declared, **options)
    return caught.value


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archived:
        archived.writestr("inner.txt", "text")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "declared", "media_type", "shown"),
    [
        (made.document(), "Report.PDF", PDF, PDF, "Report.pdf"),
        (made.document(), "report.pdf", "application/octet-stream", PDF, "report.pdf"),
        (made.picture("PNG"), "seal.png", PNG, PNG, "seal.png"),
        (made.picture("JPEG"), "seal.jpeg", "image/pjpeg", JPEG, "seal.jpg"),
        (made.picture("JPEG"), "seal.JPG", "", JPEG, "seal.jpg"),
        (made.picture("WEBP"), "seal.webp", "image/webp; charset=binary", WEBP, "seal.webp"),
    ],
)
def test_what_agrees_comes_in(content, name, declared, media_type, shown):
    clean = inspect(content, name, declared)
    assert (clean.media_type, clean.display_name) == (media_type, shown)
    assert clean.sha256 == hashlib.sha256(clean.content).hexdigest()
    assert clean.size == len(clean.content) > 0
    assert clean.storage_name.rpartition(".")[2] == shown.rpartition(".")[2]
    assert len(clean.storage_name) > 40
    assert clean.as_file().read() == clean.content
    assert "content" not in repr(clean)


def test_stored_names_differ_for_the_same_file():
    content = made.picture()
    assert inspect(content, "a.png", PNG).storage_name != inspect(content, "a.png", PNG).storage_name


@pytest.mark.parametrize(
    ("content", "name", "declared", "code"),
    [
        (b"", "paper.pdf", PDF, "empty"),
        (made.document(), "paper.docx", PDF, "wrong-type"),
        (made.document(), "paper", PDF, "wrong-type"),
        (made.document(), "paper.pdf.exe", PDF, "wrong-type"),
        (SVG, "drawing.svg", "image/svg+xml", "wrong-type"),
        (SVG, "drawing.png", PNG, "type-mismatch"),
        (archive(), "paper.pdf", PDF, "type-mismatch"),
        (archive(), "paper.zip", "application/zip", "wrong-type"),
        (made.document(), "paper.png", PNG, "type-mismatch"),
        (made.document(), "paper.pdf", PNG, "type-mismatch"),
        (made.document(), "paper.pdf", "text/html", "type-mismatch"),
        (made.picture("PNG"), "seal.jpg", JPEG, "type-mismatch"),
        (b"<html>" + made.document(), "paper.pdf", PDF, "type-mismatch"),
        (b"GIF89a" + made.document(), "paper.pdf", PDF, "type-mismatch"),
        (b"%PDF-1.7\n" + archive(), "paper.pdf", PDF, "unreadable"),
        (b"%PDF-1.7\n<html>" + made.SCRIPT, "paper.pdf", PDF, "unreadable"),
        (b"\x89PNG\r\n\x1a\n" + SVG, "drawing.png", PNG, "unreadable"),
        (b"RIFF\0\0\0\0WEBP" + SVG, "drawing.webp", WEBP, "unreadable"),
        (made.picture("PNG")[:200], "half.png", PNG, "unreadable"),
        (made.picture("JPEG", (400, 400))[:5000], "half.jpg", JPEG, "unreadable"),
        (made.animation("PNG"), "film.png", PNG, "animated"),
        (made.animation("WEBP"), "film.webp", WEBP, "animated"),
        (made.png_header_only(50_000, 50_000), "flood.png", PNG, "too-many-pixels"),
        (made.png_header_only(11_000, 11_000), "flood.png", PNG, "too-many-pixels"),
        (made.webp_header_only(16_383, 16_383), "flood.webp", WEBP, "too-many-pixels"),
        (made.document(pages=401), "long.pdf", PDF, "too-many-pages"),
    ],
)
def test_what_does_not_agree_stays_out(content, name, declared, code):
    refusal = refused(content, name, declared)
    assert refusal.code == code
    assert "{" not in refusal.message
    assert refusal.message.endswith(".")


def test_every_sentence_says_what_to_do():
    assert refused(b"x" * (files.LIMIT + 1)).message.startswith("This file is larger than 10 MB. Make it smaller")
    assert (
        "at most 12000 pixels a side and 50 million"
        in refused(made.png_header_only(50_000, 50_000), "flood.png", PNG).message
    )
    assert "has 401 pages; at most 400" in refused(made.document(pages=401)).message
    assert "The name of this file says PDF" in refused(archive()).message


class Endless(io.RawIOBase):
    """A stream that never ends, and counts what is taken from it."""

    taken = 0

    def read(self, size=-1):
        self.taken += size
        return b"%PDF-"[:size] if self.taken == size else bytes(size)


def test_reading_stops_at_the_limit():
    stream = Endless()
    with pytest.raises(Refused) as caught:
        files.inspect("paper.pdf", PDF, stream)
    assert caught.value.code == "too-large"
    assert stream.taken <= files.LIMIT + 2 * files.PIECE


def test_a_file_of_exactly_the_limit_is_not_too_large():
    picture = made.picture("PNG")
    padded = picture + bytes(files.LIMIT - len(picture))
    assert inspect(padded, "seal.png", PNG).size < 100_000


def test_a_stream_that_breaks_is_refused():
    class Broken(io.RawIOBase):
        def read(self, size=-1):
            raise OSError("gone")

    with pytest.raises(Refused) as caught:
        files.inspect("paper.pdf", PDF, Broken())
    assert caught.value.code == "not-received"


def test_the_parser_stays_within_its_memory():
    """A file that would unpack to two gigabytes is refused, and the server's own memory does not grow with it."""
    bomb = made.with_objects_from_bomb(2000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(bomb).code == "too-complex"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024
    assert inspect(made.with_objects_from_bomb(0)).pages == 1


def test_the_parser_sees_no_secrets(monkeypatch, tmp_path):
    """The child gets neither the server's environment nor a shell."""
    monkeypatch.setenv("SECRET_KEY", "canary")
    seen = tmp_path / "seen"
    fake = tmp_path / "python"
    fake.write_text(f"#!/bin/sh\n/usr/bin/env > {seen}\ncat > /dev/null\nexit 3\n")
    fake.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(fake))
    assert refused(made.document()).code == "unreadable"
    assert "canary" not in seen.read_text()


def scanner(content, name):
    if b"EICAR" in content:
        return "Eicar-Test-Signature"
    if name == "down.png":
        raise ConnectionError("no scanner")
    return None


def test_a_scanner_may_say_no_and_must_answer(settings):
    settings.FILE_SCANNER = f"{__name__}.scanner"
    marked = made.picture("PNG") + b"X5O!P%@AP[4 EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
    assert refused(marked, "seal.png", PNG).code == "infected"
    assert refused(made.picture(), "down.png", PNG).code == "unscanned"
    assert inspect(made.picture(), "seal.png", PNG).media_type == PNG


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\letter.pdf", "letter.pdf"),
        ("/absolute.pdf", "absolute.pdf"),
        ('a"\r\nX: y.pdf', "a X y.pdf"),
        ("nul\0l.pdf", "null.pdf"),
        ("NUL.pdf", "_NUL.pdf"),
        ("com1.x.pdf", "_com1.x.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("\u0645\u06cc\u200c\u062e.pdf", "\u0645\u06cc\u200c\u062e.pdf"),
        ("Évaluation 2026.pdf", "Évaluation 2026.pdf"),
        ("...pdf", "document.pdf"),
        ("\u200c.pdf", "document.pdf"),
        ("<b>%00;x.pdf", "b 00 x.pdf"),
    ],
)
def test_the_shown_name_is_harmless(sent, shown):
    assert filenames.shown_name(sent, "pdf") == shown


def test_a_long_name_keeps_its_extension():
    shown = filenames.shown_name("x" * 300 + ".pdf", "pdf")
    assert len(shown) == filenames.MAX_LENGTH
    assert shown.endswith("x.pdf")


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("letter.pdf", 'attachment; filename="letter.pdf"'),
        ('a"\r\nX: y.pdf', 'attachment; filename="a X y.pdf"'),
        ("invoice\u202efdp.exe", 'attachment; filename="invoicefdp.exe"'),
        ("تقرير.pdf", "attachment; filename*=utf-8''%D8%AA%D9%82%D8%B1%D9%8A%D8%B1.pdf"),
        ("x", 'attachment; filename="x.bin"'),
    ],
)
def test_a_download_has_one_well_formed_header(name, header):
    assert filenames.attachment(name) == header


def test_a_picture_read_back_is_a_picture():
    clean = inspect(made.picture("WEBP"), "seal.webp", WEBP)
    assert (clean.width, clean.height) == Image.open(io.BytesIO(clean.content)).size == (40, 30)
