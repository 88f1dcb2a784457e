"""Owns how a QR code is made from an address. What it leads to is the caller's business.

Error correction M (ISO/IEC 18004) still reads with a seventh of the code soiled, as happens on a notice board; the
quiet zone of four modules that the standard asks for is always there.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

_QUIET = 4


@cache
def _code(url: str) -> segno.QRCode:
    import segno

    return segno.make_qr(url, error="m")


def qr_svg(url: str, name: str) -> str:
    """Gives the code as an SVG with ``name`` for those who cannot see it; black on white, whatever lies around it."""
    output = io.BytesIO()
    _code(url).save(
        output, kind="svg", scale=8, border=_QUIET, light="#fff", title=name, xmldecl=False, svgclass=None,
        lineclass=None,
    )  # fmt: skip
    return output.getvalue().decode("utf-8")


def qr_png(url: str) -> bytes:
    """Gives the code as a PNG in two colours, ten pixels a module."""
    output = io.BytesIO()
    _code(url).save(output, kind="png", scale=10, border=_QUIET)
    return output.getvalue()


def qr_side(url: str) -> int:
    """Gives how many pixels each side of the SVG has."""
    return int(_code(url).symbol_size(scale=8, border=_QUIET)[0])
