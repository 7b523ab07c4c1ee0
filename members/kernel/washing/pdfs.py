"""PDFs: parsed, freed of everything that acts, and written anew.

What is kept is what one reads: pages with their contents, bookmarks, plain links, comments and the values of
form fields. What is dropped: scripts, actions other than plain links and jumps inside the document, embedded and
linked files, sound, film and three-dimensional scenes, XFA forms, signatures (writing anew breaks them), and the
particulars of author, program and place. Objects that no page needs are not written, and neither are comments,
old revisions and whatever stood before or behind the document.
"""

import io
import re
from urllib.parse import urlsplit

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from members.kernel.washing import UnwashableError

MAX_PAGES = 400
MAX_DECODED = 100 * 1024 * 1024
"""Bytes that one compressed stream may unpack to."""
MAX_DECODED_TOTAL = 400 * 1024 * 1024
MAX_FILTERS = 3
"""How often over one stream may be packed or armoured."""
LINK_SCHEMES = {"http", "https", "mailto"}
KEPT_ACTIONS = {"/GoTo", "/URI"}
ACTIONS = {
    "/GoTo", "/GoToR", "/GoToE", "/GoToDp", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide", "/Named",
    "/SubmitForm", "/ResetForm", "/ImportData", "/JavaScript", "/SetOCGState", "/Rendition", "/Trans",
    "/GoTo3DView", "/RichMediaExecute", "/NOP", "/NoOp", "/SetState",
}  # fmt: skip
KEPT_IN_ROOT = {
    "/Type", "/Version", "/Pages", "/PageLabels", "/Outlines", "/Dests", "/Names", "/PageLayout", "/Lang",
    "/MarkInfo", "/StructTreeRoot", "/AcroForm", "/OCProperties", "/OutputIntents",
}  # fmt: skip
KEPT_IN_FORM = {"/Fields", "/DR", "/DA", "/Q", "/NeedAppearances"}
KEPT_ANNOTATIONS = {
    "/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
    "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/Widget", "/Redact",
    "/Watermark",
}  # fmt: skip
DROPPED_ANYWHERE = {
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/RF", "/AF", "/Collection",
    "/Metadata", "/PieceInfo", "/Thumb", "/PA", "/RichMediaContent", "/RichMediaSettings", "/3DD", "/3DV", "/OPI",
    "/LastModified", "/SpiderInfo", "/WebCapture",
}  # fmt: skip
OUTSIDE_DATA = {"/F", "/FFilter", "/FDecodeParms", "/Ref"}
"""Keys by which a stream takes its contents from another file."""
PACKED = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
SCAN, END_OF_PICTURE = 0xDA, 0xD9
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What ends the data of a JPEG's scan: a marker that is neither a stuffed byte nor a restart."""
ARMOURED = {"/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"}


def wash(content: bytes, media_type: str) -> tuple[bytes, dict]:
    """The document without anything that acts; with the number of its pages."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MAX_DECODED,
        run_length_max_memory=MAX_DECODED,
        png_max_memory=MAX_DECODED,
        tiff_max_memory=MAX_DECODED,
        doc_max_warnings=2000,
    )
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            pages = _ensure_acceptable(document)
            _strip(document)
            washed = io.BytesIO()
            document.save(
                washed,
                encryption=False,
                deterministic_id=True,
                fix_metadata_version=False,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
    except pikepdf.PasswordError as error:
        raise UnwashableError("encrypted") from error
    except (UnwashableError, MemoryError):
        raise
    except Exception as error:
        raise _unwashable(error) from error
    return washed.getvalue(), {"pages": pages}


def _ensure_acceptable(document: pikepdf.Pdf) -> int:
    """Refuse what cannot be shown or would unpack to more than a reader's machine can bear."""
    if document.is_encrypted:
        raise UnwashableError("encrypted")
    if document.Root.get("/NeedsRendering"):
        raise UnwashableError("dynamic-form")
    pages = len(document.pages)
    if not pages:
        raise UnwashableError("unreadable")
    if pages > MAX_PAGES:
        raise UnwashableError("too-many-pages", pages=pages, limit=MAX_PAGES)
    unpacked = 0
    for thing in document.objects:
        if isinstance(thing, Stream):
            unpacked += _unpacked_size(thing)
            if unpacked > MAX_DECODED_TOTAL:
                raise UnwashableError("too-complex")
    return pages


def _filters(stream: Stream) -> list[str]:
    filters = stream.get("/Filter", Array([]))
    return [str(each) for each in filters] if isinstance(filters, Array) else [str(filters)]


def _unpacked_size(stream: Stream) -> int:
    """Bytes that a stream unpacks to; 0 where it is not packed, or packed as a picture only."""
    filters = _filters(stream)
    if len(filters) > MAX_FILTERS:
        raise UnwashableError("too-complex")
    if not PACKED.intersection(filters) or not PACKED.union(ARMOURED).issuperset(filters):
        return 0
    try:
        return len(stream.read_bytes())
    except (pikepdf.PikepdfError, RuntimeError) as error:
        raise _unwashable(error) from error


def _unwashable(error: Exception) -> UnwashableError:
    """What an error of the parser means: it says "limit" where one of the limits set in `wash` was reached."""
    return UnwashableError("too-complex" if "limit" in str(error) else "unreadable")


def _strip(document: pikepdf.Pdf):
    """Take everything out that acts or tells of the author."""
    for key in ("/Info", "/ID"):
        if key in document.trailer:
            del document.trailer[key]
    root = document.Root
    _keep_only(root, KEPT_IN_ROOT)
    if isinstance(root.get("/Names"), Dictionary):
        _keep_only(root.Names, {"/Dests"})
    if isinstance(root.get("/AcroForm"), Dictionary):
        _keep_only(root.AcroForm, KEPT_IN_FORM)
    for page in document.pages:
        annotations = page.obj.get("/Annots")
        if isinstance(annotations, Array):
            page.obj.Annots = Array([each for each in annotations if _is_kept_annotation(each)])
    for thing in document.objects:
        _clean(thing)


def _keep_only(dictionary: Dictionary, kept: set[str]):
    for key in list(dictionary.keys()):
        if key not in kept:
            del dictionary[key]


def _is_kept_annotation(annotation) -> bool:
    return isinstance(annotation, Dictionary) and str(annotation.get("/Subtype")) in KEPT_ANNOTATIONS


def _clean(thing):
    """Clean one object and what it holds directly; what it refers to is met as an object of its own."""
    waiting = [thing]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Array):
            waiting += [each for each in current if _is_direct_container(each)]
        elif isinstance(current, (Dictionary, Stream)):
            _clean_keys(current)
            waiting += [each for _, each in current.items() if _is_direct_container(each)]


def _is_direct_container(thing) -> bool:
    return isinstance(thing, (Dictionary, Array)) and not thing.is_indirect


def _clean_keys(holder: Dictionary | Stream):
    """Clean the entries of one dictionary, or of the dictionary of one stream."""
    if isinstance(holder, Stream):
        _clean_stream(holder)
    for key in DROPPED_ANYWHERE & set(holder.keys()):
        del holder[key]
    kind, subtype = str(holder.get("/Type")), str(holder.get("/Subtype"))
    is_annotation = "/Rect" in holder and "/Subtype" in holder
    is_jump = is_annotation or ("/Title" in holder and "/Parent" in holder) or "/FT" in holder
    if kind in ("/Filespec", "/F") or (is_annotation and subtype not in KEPT_ANNOTATIONS):
        _keep_only(holder, set())
    elif str(holder.get("/S")) in ACTIONS and kind != "/StructElem":
        _clean_action(holder)
    elif is_jump and "/A" in holder and not _is_kept_action(holder["/A"]):
        del holder["/A"]
    if str(holder.get("/FT")) == "/Sig" and "/V" in holder:
        del holder["/V"]


def _is_kept_action(action) -> bool:
    if not isinstance(action, Dictionary) or str(action.get("/S")) not in KEPT_ACTIONS:
        return False
    return str(action.S) != "/URI" or _is_plain_link(action.get("/URI"))


def _is_plain_link(address) -> bool:
    if not isinstance(address, pikepdf.String):
        return False
    try:
        return urlsplit(str(address).strip()).scheme.lower() in LINK_SCHEMES
    except ValueError:
        return False


def _clean_action(action: Dictionary):
    """Leave a jump or a plain link by itself; leave of any other action an empty dictionary, which does nothing."""
    kept = {"/Type", "/S", "/D", "/SD", "/URI"} if _is_kept_action(action) else set()
    _keep_only(action, kept)


def _clean_stream(stream: Stream):
    for key in OUTSIDE_DATA & set(stream.keys()):
        del stream[key]
    kind, subtype = str(stream.get("/Type")), str(stream.get("/Subtype"))
    if kind == "/EmbeddedFile" or subtype in ("/PS", "/U3D", "/PRC") or "/PS" in stream:
        stream.write(b"")
        _keep_only(stream, {"/Length"})
    elif _filters(stream) == ["/DCTDecode"]:
        stream.write(without_particulars(stream.read_raw_bytes()), filter=Name.DCTDecode)


def without_particulars(photograph: bytes) -> bytes:
    """A JPEG without Exif, XMP, IPTC, comments and what follows its end; as it was, if it is not one.

    A photograph inside a PDF keeps where and with what it was taken, unless this is done. The picture itself is not
    decoded. Kept are the segments a reader needs: tables, frames, scans, and Adobe's note on colours (APP14).
    """
    kept, at = bytearray(photograph[:2]), 2
    while at + 4 <= len(photograph) and photograph[at] == 0xFF:
        marker = photograph[at + 1]
        if marker == END_OF_PICTURE:
            break
        end = at + 2 + int.from_bytes(photograph[at + 2 : at + 4])
        if marker == SCAN:
            following = NEXT_MARKER.search(photograph, end)
            end = following.start() if following else len(photograph)
        if not _tells(marker):
            kept += photograph[at:end]
        at = end
    is_whole = photograph.startswith(b"\xff\xd8\xff") and photograph[at + 1 : at + 2] == bytes([END_OF_PICTURE])
    return bytes(kept) + b"\xff\xd9" if is_whole else photograph


def _tells(marker: int) -> bool:
    """Whether a segment of a JPEG is a comment, or an application's notes other than JFIF (APP0) and Adobe (APP14)."""
    return marker == 0xFE or (0xE1 <= marker <= 0xEF and marker != 0xEE)
