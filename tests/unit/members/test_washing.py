"""What is left of a picture or a PDF when it has been washed. In this process, to see inside."""

import io

import pikepdf
import pytest
from PIL import Image

from members.kernel.washing import UnwashableError, images, pdfs
from tests.factories import files as made

PDF = "application/pdf"


@pytest.fixture(autouse=True)
def usual_limits():
    """The washer sets limits for its whole process; here the process goes on."""
    before = pikepdf.settings.get_qpdf_limits()
    yield
    pikepdf.settings.set_qpdf_limits(**before)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def washed_pdf(change=None, **options) -> pikepdf.Pdf:
    content, _facts = pdfs.wash(made.document(change=change, **options), PDF)
    return pikepdf.open(io.BytesIO(content))


def readable(pdf: pikepdf.Pdf) -> bytes:
    """The document with nothing packed, to search in."""
    stream = io.BytesIO()
    pdf.save(
        stream,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return stream.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_keeps_its_picture_and_loses_its_particulars(form):
    content, facts = images.wash(made.photograph(form, orientation=6), made.TYPES[form])
    image = opened(content)
    assert b"Secret" not in content
    assert not image.getexif()
    assert image.size == (20, 60) == (facts["width"], facts["height"])
    top, bottom = image.convert("L").getpixel((10, 5)), image.convert("L").getpixel((10, 55))
    assert (top > 200, bottom < 50) == (True, True)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("tail", [b"<?php system($_GET['c']); ?>", made.SCRIPT, b"PK\x03\x04 jar"])
def test_what_follows_a_picture_is_gone(form, tail):
    sent = made.picture(form) + tail
    content, _facts = images.wash(sent, made.TYPES[form])
    assert tail not in content
    assert content != sent
    assert opened(content).size == (40, 30)


def test_what_hides_between_the_parts_of_a_png_is_gone():
    sent = made.picture("PNG")
    hidden = made.png_chunk(b"tEXt", b"Comment\0<?php evil ?>") + made.png_chunk(b"prVt", b"<?php evil ?>")
    content, _facts = images.wash(sent[:33] + hidden + sent[33:], "image/png")
    assert b"php" not in content
    assert opened(content).tobytes() == opened(sent).tobytes()


@pytest.mark.parametrize(
    ("form", "mode", "kept"),
    [
        ("PNG", "1", "1"),
        ("PNG", "L", "L"),
        ("PNG", "P", "RGB"),
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "I;16", "L"),
        ("JPEG", "CMYK", "RGB"),
        ("JPEG", "L", "L"),
        ("WEBP", "L", "RGB"),
    ],
)
def test_every_common_mode_survives(form, mode, kept):
    content, _facts = images.wash(made.picture(form, mode=mode), made.TYPES[form])
    assert opened(content).mode == kept
    assert opened(content).size == (40, 30)


def test_sixteen_bits_become_eight_of_the_same_grey():
    stream = io.BytesIO()
    Image.new("I;16", (4, 4), 40_000).save(stream, "PNG")
    content, _facts = images.wash(stream.getvalue(), "image/png")
    assert opened(content).getpixel((0, 0)) == 40_000 // 256


def test_a_colour_made_transparent_stays_transparent():
    for form, mode, colour, options in (
        ("PNG", "RGB", (255, 0, 0), {"transparency": (255, 0, 0)}),
        ("PNG", "P", 0, {"transparency": 0}),
        ("WEBP", "RGBA", (255, 0, 0, 0), {}),
    ):
        stream = io.BytesIO()
        Image.new(mode, (4, 4), colour).save(stream, form, **options)
        content, _facts = images.wash(stream.getvalue(), made.TYPES[form])
        assert opened(content).mode == "RGBA"
        assert opened(content).getpixel((0, 0))[3] == 0


def test_a_second_picture_behind_the_first_is_gone():
    """As telephones write them: a JPEG in several parts is a photograph, not an animation."""
    first, second = Image.new("RGB", (60, 20), "red"), Image.new("RGB", (30, 10), "blue")
    stream = io.BytesIO()
    first.save(stream, "MPO", save_all=True, append_images=[second])
    content, facts = images.wash(stream.getvalue(), "image/jpeg")
    assert opened(content).format == "JPEG"
    assert facts == {"width": 60, "height": 20}


def test_a_pdf_loses_all_that_acts_and_keeps_what_is_read():
    text = readable(washed_pdf(made.with_everything_that_acts))
    gone = (
        b"/JavaScript /JS /OpenAction /AA /Launch /SubmitForm /ImportData /GoToR /GoToE /EmbeddedFile /Filespec /EF "
        b"/FileAttachment /RichMedia /Screen /Movie /Rendition /3D /XFA /AF /Collection /Info /Metadata /PieceInfo "
        b"/Thumb /Next /SigFlags cmd.exe virus.exe evil.test app.alert app.beep passwd Secret embedded xdp "
        b"javascript: film.mov"
    ).split()
    assert [each for each in gone if each in text] == []
    for kept in (b"Annual report", b"https://example.org/report", b"/GoTo", b"Kept comment", b"Kept answer"):
        assert kept in text
    assert b"Chapter" in text
    assert b"old signature" not in text


def test_a_washed_pdf_washes_to_itself():
    once, _facts = pdfs.wash(made.document(change=made.with_everything_that_acts), PDF)
    twice, _facts = pdfs.wash(once, PDF)
    assert readable(pikepdf.open(io.BytesIO(once))) == readable(pikepdf.open(io.BytesIO(twice)))


def test_names_written_in_code_are_no_hiding_place():
    sent = made.document(change=lambda pdf: pdf.Root.update({"/OpenAction": pikepdf.Dictionary(S=pikepdf.Name.Launch)}))
    coded = sent.replace(b"/OpenAction", b"/#4fpenAction").replace(b"/Launch", b"/L#61unch")
    assert b"/#4fpenAction" in coded
    content, _facts = pdfs.wash(coded, PDF)
    assert b"Launch" not in readable(pikepdf.open(io.BytesIO(content)))


def test_what_stands_around_a_pdf_is_gone():
    sent = made.document(change=made.with_text)
    sent = sent.replace(b"\n", b"\n%" + made.SCRIPT + b"\n", 1) + made.SCRIPT + b"PK\x03\x04"
    content, facts = pdfs.wash(sent, PDF)
    assert b"<script" not in content
    assert facts == {"pages": 1}
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")


def test_old_revisions_and_lost_objects_are_gone():
    def change(pdf):
        pdf.make_indirect(pikepdf.String("Struck out before sending"))

    assert b"Struck out" not in readable(washed_pdf(change))


def test_a_photograph_in_a_pdf_loses_its_particulars():
    pdf = washed_pdf(made.with_photograph)
    photograph = pdf.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()
    assert b"Secret" not in photograph
    assert b"<script" not in photograph
    assert opened(photograph).size == (60, 20)
    assert opened(photograph).tobytes() == opened(made.photograph()).tobytes()


@pytest.mark.parametrize("progressive", [False, True])
def test_a_stripped_photograph_shows_the_same(progressive):
    sent = made.picture("JPEG", (300, 200), progressive=progressive, quality=80)
    assert opened(pdfs.without_particulars(sent + b"tail")).tobytes() == opened(sent).tobytes()
    assert not pdfs.without_particulars(sent + b"tail").endswith(b"tail")


def test_what_is_no_photograph_stays_as_it_is():
    for content in (b"", b"\xff\xd8", b"nonsense", b"\xff\xd8\xff\xe1\x00\x10cut off"):
        assert pdfs.without_particulars(content) == content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (made.document(encryption=pikepdf.Encryption(owner="o", user="u")), "encrypted"),
        (made.document(encryption=pikepdf.Encryption(owner="o", user="")), "encrypted"),
        (made.document(change=lambda pdf: pdf.Root.update({"/NeedsRendering": True})), "dynamic-form"),
        (made.document(pages=0), "unreadable"),
        (made.document(pages=401), "too-many-pages"),
        (made.document(change=made.with_bomb(150)), "too-complex"),
        (made.document(change=made.with_bomb(150, times=2)), "too-complex"),
        (made.document(change=made.with_bomb(1, times=5), compress_streams=False), "too-complex"),
    ],
)
def test_what_cannot_be_washed_is_refused(content, code):
    with pytest.raises(UnwashableError) as caught:
        pdfs.wash(content, PDF)
    assert caught.value.code == code
