"""Images: decoded under limits and written anew, so that only the picture is left.

What a camera or a person added (place, time, device, comments, thumbnails, colour profiles) is dropped, and so
is whatever follows the picture in the file.
"""

import io

from PIL import Image, ImageOps

from members.kernel.washing import UnwashableError

MAX_SIDE = 12_000
"""Pixels along the longer side."""
MAX_PIXELS = 50_000_000
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
KEPT_MODES = {
    "JPEG": {"L", "RGB"},
    "PNG": {"1", "L", "LA", "RGB", "RGBA"},
    "WEBP": {"RGB", "RGBA"},
}
SAVING = {
    "JPEG": {"quality": 90},
    "PNG": {"compress_level": 5},
    "WEBP": {"quality": 90, "method": 3},
}

PORTRAIT_SIDE = 512
"""Pixels along each side of a portrait, at most."""

Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before decoding, and is lower


def wash(content: bytes, media_type: str) -> tuple[bytes, dict]:
    """The picture alone, upright, in its own format; with its width and height in pixels."""
    form = FORMATS[media_type]
    image = _opened(content, form)
    return _written(lambda: _in_kept_mode(ImageOps.exif_transpose(_loaded(image)), form), form)


def wash_portrait(content: bytes, media_type: str) -> tuple[bytes, dict]:
    """The middle of the picture as a square of at most `PORTRAIT_SIDE` pixels, upright, as WebP."""
    image = _opened(content, FORMATS[media_type])

    def square() -> Image.Image:
        upright = ImageOps.exif_transpose(_loaded(image))
        side = min(*upright.size, PORTRAIT_SIDE)
        return ImageOps.fit(_in_kept_mode(upright, "WEBP"), (side, side), Image.Resampling.LANCZOS)

    return _written(square, "WEBP")


def _opened(content: bytes, form: str) -> Image.Image:
    """The picture, its size looked at before anything of it is decoded."""
    if form == "WEBP":  # its reader takes memory for the whole picture when it opens the file
        _ensure_size(*_webp_size(content))
    try:
        image = Image.open(io.BytesIO(content), formats=[form])
    except MemoryError:
        raise
    except Exception as error:
        raise UnwashableError("unreadable") from error
    _ensure_size(*image.size)
    # Telephones put a second, smaller picture behind the first into a JPEG; that is no animation.
    if form != "JPEG" and getattr(image, "n_frames", 1) > 1:
        raise UnwashableError("animated")
    return image


def _loaded(image: Image.Image) -> Image.Image:
    image.load()
    return image


def _written(make, form: str) -> tuple[bytes, dict]:
    """What `make` makes of a picture, written anew in a format, with its width and height in pixels."""
    try:
        image = make()
        image.info.clear()
        washed = io.BytesIO()
        image.save(washed, form, **SAVING[form])
    except MemoryError:
        raise
    except Exception as error:
        raise UnwashableError("unreadable") from error
    return washed.getvalue(), {"width": image.width, "height": image.height}


def _ensure_size(width: int, height: int):
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise UnwashableError("too-many-pixels", width=width, height=height, side=MAX_SIDE, pixels=MAX_PIXELS)


def _webp_size(content: bytes) -> tuple[int, int]:
    """Width and height as the header of a WebP file says, in any of its three forms."""
    form, header = content[12:16], content[20:30]
    if len(header) == 10 and form == b"VP8X":
        return int.from_bytes(header[4:7], "little") + 1, int.from_bytes(header[7:10], "little") + 1
    if len(header) == 10 and form == b"VP8L":
        bits = int.from_bytes(header[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if len(header) == 10 and form == b"VP8 ":
        return int.from_bytes(header[6:8], "little") & 0x3FFF, int.from_bytes(header[8:10], "little") & 0x3FFF
    raise UnwashableError("unreadable")


def _in_kept_mode(image: Image.Image, form: str) -> Image.Image:
    """The image in a mode that needs no palette, no colour profile and no more than eight bits a channel."""
    if image.mode in KEPT_MODES[form] and "transparency" not in image.info:
        return image
    if image.mode.startswith(("I", "F")):
        return image.point(lambda value: value / 256).convert("L") if image.mode.startswith("I") else image.convert("L")
    if form == "JPEG":
        return image.convert("RGB")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")
