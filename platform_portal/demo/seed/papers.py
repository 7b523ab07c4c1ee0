"""The documents of the story: short PDFs and scans, made on the spot, and taken in as anybody's uploads are.

Washing a file takes a process of its own, so the papers are washed while the story goes on, and waited for only when
somebody adds one to an application.
"""

import io
import textwrap
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import pikepdf
from PIL import Image, ImageDraw, ImageFont

from members.kernel import files
from members.kernel.files import Clean

WASHED_AT_ONCE = 2
WIDTH, HEIGHT, MARGIN = 595, 842, 72
"""A page of paper size A4, in points."""
LINE, SIGNS = 15, 84
"""The height of a line of text in points, and how many signs fit on it."""
SCAN = (620, 877)
"""The size of a scanned page in pixels."""
PDF, JPEG = "application/pdf", "image/jpeg"


@dataclass(frozen=True)
class Paper:
    """One document to be: what it is called, and what stands on it. A scan is a picture of a page."""

    name: str
    title: str
    paragraphs: Sequence[str]
    is_scan: bool = False


class Papers:
    """The papers that are being washed, by what they are for."""

    def __enter__(self):
        self.washers = ThreadPoolExecutor(WASHED_AT_ONCE)
        self.washed: dict[str, Future] = {}
        return self

    def __exit__(self, *failure):
        self.washers.shutdown(cancel_futures=True)

    def write(self, key: str, paper: Paper) -> None:
        """Have a paper written and washed."""
        self.washed[key] = self.washers.submit(taken_in, paper)

    def portray(self, key: str, picture: bytes) -> None:
        """Have a portrait washed."""
        self.washed[key] = self.washers.submit(files.inspect_portrait, "portrait.jpg", JPEG, io.BytesIO(picture))

    def take(self, key: str) -> Clean:
        """A paper that was written before, washed."""
        return self.washed[key].result()


def taken_in(paper: Paper) -> Clean:
    """A paper as the portal takes it in, by the one way that files come."""
    media_type, content = (JPEG, _scan(paper)) if paper.is_scan else (PDF, _pdf(paper))
    return files.inspect(paper.name, media_type, io.BytesIO(content))


def _pdf(paper: Paper) -> bytes:
    """A page with a title and paragraphs, in a font that every reader has."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.obj.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(Bold=_font("Helvetica-Bold"), Plain=_font("Helvetica"))
        )
        page.obj.Contents = document.make_stream(_contents(paper))
        written = io.BytesIO()
        document.save(written)
    return written.getvalue()


def _font(name: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name(f"/{name}"),
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )


def _contents(paper: Paper) -> bytes:
    """The lines of the page as drawing commands."""
    lines = [f"BT /Bold 16 Tf {MARGIN} {HEIGHT - MARGIN} Td {LINE} TL ({_escaped(paper.title)}) Tj T* T* /Plain 11 Tf"]
    for paragraph in paper.paragraphs:
        lines += [f"({_escaped(line)}) Tj T*" for line in textwrap.wrap(paragraph, SIGNS)]
        lines.append("T*")
    return "\n".join([*lines, "ET"]).encode("cp1252", errors="replace")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _scan(paper: Paper) -> bytes:
    """A picture of the page, as a telephone takes one: a little askew, on grey."""
    sheet = Image.new("L", SCAN, 245)
    draw = ImageDraw.Draw(sheet)
    draw.text((60, 70), paper.title, fill=30, font=ImageFont.load_default(20))
    wrapped = [textwrap.fill(paragraph, 66) for paragraph in paper.paragraphs]
    draw.multiline_text((60, 120), "\n\n".join(wrapped), fill=60, font=ImageFont.load_default(14), spacing=6)
    written = io.BytesIO()
    sheet.rotate(1.5, expand=True, fillcolor=190).save(written, "JPEG", quality=60)
    return written.getvalue()
