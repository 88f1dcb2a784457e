"""Owns pictures that people hand in: what one really is, and the clean copies of it that are published.

A picture is judged by its bytes, never by its name. What is published is drawn anew from its pixels, upright and in
sRGB: no camera, owner, place (EXIF, XMP, GPS), comment or colour profile survives, and nothing that hides behind the
pixels. The same bytes come out for the same bytes that go in. Knows no file, no page and no record.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from generators.limits import PICTURE_PIXELS, PICTURE_WIDTHS

if TYPE_CHECKING:
    from PIL.Image import Image

KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
ENDINGS = {"image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",), "image/webp": (".webp",)}
_GPS = 0x8825  # the tag of EXIF that leads to the place (EXIF 2.32, 4.6.3)
_SAVED: dict[str, dict[str, Any]] = {
    "image/jpeg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
    "image/png": {"format": "PNG", "optimize": True},
    "image/webp": {"format": "WEBP", "quality": 80, "method": 4},
}
# What Pillow raises for a file that is cut off, lies about itself or is none of its formats.
_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, TypeError, struct.error, zlib.error,
)  # fmt: skip


class BadPicture(ValueError):
    """Raised for bytes that are no picture to publish; ``reason`` is ``unreadable`` or ``huge``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Look:
    """What a picture is: media type, its size in pixels as people see it, and whether it tells where it was taken."""

    kind: str
    width: int
    height: int
    tells_place: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """One published copy: its bytes, media type and size in pixels."""

    content: bytes
    kind: str
    width: int
    height: int


def look_at(content: bytes) -> Look:
    """Gives what a JPEG, PNG or WebP picture is, all of it decoded once. Raises :class:`BadPicture`."""
    with _opened(content) as image:
        kind = KINDS[image.format or ""]
        turned = image.getexif().get(0x0112) in {5, 6, 7, 8}
        place = _tells_place(image)
        width, height = image.size
        image.draft("RGB", (1, 1))  # a JPEG is decoded at an eighth of its size: enough to see that it is whole
        image.load()
    return Look(kind, height if turned else width, width if turned else height, place)


def shown_size(width: int, height: int) -> tuple[int, int]:
    """Gives the size in which a picture of ``width`` × ``height`` pixels is shown: no wider than the widest copy."""
    return _scaled(width, height, PICTURE_WIDTHS[-1])


@lru_cache(maxsize=32)
def copies(content: bytes) -> tuple[Copy, ...]:
    """Gives the copies to publish: first one in the picture's own format, then WebP from narrow to wide.

    Raises :class:`BadPicture`.
    """
    with _opened(content) as opened:
        kind = KINDS[opened.format or ""]
        image = _clean(opened)
    widths = [one for one in PICTURE_WIDTHS[:-1] if one < image.width] + [min(image.width, PICTURE_WIDTHS[-1])]
    widest = _at_width(image, widths[-1])
    return (_copy(widest, kind), *(_copy(_at_width(widest, one), "image/webp") for one in widths))


@contextmanager
def _opened(content: bytes) -> Iterator[Image]:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of a bomb before it refuses one; our own limit is lower
            with Image.open(io.BytesIO(content), formats=list(KINDS)) as image:
                _refuse_bomb(image)
                yield image
    except BadPicture:
        raise
    except Image.DecompressionBombError:
        raise BadPicture("huge") from None
    except _BROKEN:
        raise BadPicture("unreadable") from None


def _refuse_bomb(image: Image) -> None:
    if image.width * image.height > PICTURE_PIXELS:
        raise BadPicture("huge")


def _tells_place(image: Image) -> bool:
    if image.getexif().get_ifd(_GPS):
        return True
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return "GPSL" in (xmp if isinstance(xmp, str) else xmp.decode("latin-1"))


def _clean(opened: Image) -> Image:
    """Gives the pixels alone: upright, in sRGB, without a palette and without anything that stood beside them."""
    from PIL import Image, ImageOps

    profile = opened.info.get("icc_profile")
    image = ImageOps.exif_transpose(opened)
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    if profile and image.mode in {"RGB", "CMYK"} and not has_alpha:
        image = _in_srgb(image, profile)
    mode = "RGBA" if has_alpha else "RGB"
    pixels = image.convert(mode)
    return Image.frombytes(mode, pixels.size, pixels.tobytes())


def _in_srgb(image: Image, profile: bytes) -> Image:
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that is broken says nothing about the colours
    return made or image


def _scaled(width: int, height: int, most: int) -> tuple[int, int]:
    return (width, height) if width <= most else (most, max(1, round(height * most / width)))


def _at_width(image: Image, width: int) -> Image:
    from PIL.Image import Resampling

    size = _scaled(*image.size, width)
    return image if size == image.size else image.resize(size, Resampling.LANCZOS, reducing_gap=3)


def _copy(image: Image, kind: str) -> Copy:
    out = io.BytesIO()
    image.save(out, **_SAVED[kind])
    return Copy(out.getvalue(), kind, *image.size)
