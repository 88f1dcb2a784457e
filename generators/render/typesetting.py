"""Owns how typst is used: a template and plain values in; PDF, SVG or PNG out, the same bytes for the same values.

A template is a ``.typ`` file beside the pages' templates. It gets its values as data, never as code:
``#let values = json(bytes(sys.inputs.values))``, so that no text can open a command. Templates reach files of their own
folder only, set in the fonts of ``render/fonts`` only, and load no package: what is set does not depend on the machine.
Knows no document; typst is loaded only when something is really set.
"""

from __future__ import annotations

import datetime
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generators.render.lettering import spelled

if TYPE_CHECKING:
    from typst import Compiler, Fonts

Job = TypeVar("Job")
Made = TypeVar("Made")

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
_FONTS = _HERE / "fonts"
_POINTS_PER_INCH = 72
_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
_HANDS = 4
_OWN, _READING = threading.local(), threading.Lock()


def typeset_pdf(
    template: str, values: Mapping[str, object], *, standard: str | None = "ua-1", date: datetime.date
) -> bytes:
    """Gives a tagged PDF with its fonts embedded.

    ``template`` is the name of a file in ``render/templates``; ``values`` hold what JSON can hold. ``standard`` is one
    of typst's names, such as ``ua-1`` (PDF/UA-1, ISO 14289-1) or ``a-2a``; ``None`` asks for a plain PDF 1.7. ``date``
    is the day that the file gives for its making. Raises ``typst.TypstError`` when the template breaks the standard:
    a fault of the program, never of the values.
    """
    made = datetime.datetime(date.year, date.month, date.day, 12, tzinfo=_VIETNAM)  # noon: the same day for all readers
    return _typeset(template, values, format="pdf", pdf_standards=[standard] if standard else [], timestamp=made)


def typeset_svg(template: str, values: Mapping[str, object]) -> bytes:
    """Gives the one page of a template as an SVG whose letters are shapes: it needs no font where it is shown."""
    return _typeset(template, values, format="svg")


def typeset_png(template: str, values: Mapping[str, object], *, pixels_per_point: float = 1) -> bytes:
    """Gives the one page of a template in pixels."""
    return _typeset(template, values, format="png", ppi=_POINTS_PER_INCH * pixels_per_point)


def _typeset(template: str, values: Mapping[str, object], **how: Any) -> bytes:
    text = json.dumps(_settable(values), ensure_ascii=False)
    made = _compiler().compile(input=_TEMPLATES / template, sys_inputs={"values": text}, **how)
    if not isinstance(made, bytes):
        raise TypeError(f"{template}: more than one page, or none")
    return made


def _compiler() -> Compiler:
    """This thread's own compiler: none can be used by two at once."""
    if not hasattr(_OWN, "compiler"):
        _OWN.compiler = _new_compiler()
    made: Compiler = _OWN.compiler
    return made


def _new_compiler() -> Compiler:
    from typst import Compiler

    nowhere = _TEMPLATES / "packages"  # a folder that there is not: nothing is looked for, nothing is downloaded
    return Compiler(root=_TEMPLATES, font_paths=_fonts(), package_path=nowhere, package_cache_path=nowhere)


@cache
def _fonts() -> Fonts:
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])


def side_by_side(make: Callable[[Job], Made], jobs: Iterable[Job]) -> Iterator[Made]:
    """Gives what ``make`` makes of each job, in their order, several at a time: typst works outside Python's lock."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_HANDS) as hands:
        yield from hands.map(make, jobs)


def _settable(value: object) -> object:
    if isinstance(value, str):
        return settable(value)
    if isinstance(value, Mapping):
        return {key: _settable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_settable(inner) for inner in value]
    return value


def settable(text: str) -> str:
    """Gives the text, composed, as our fonts can set it; see :func:`generators.render.lettering.spelled`."""
    with _READING:  # whoever comes while another reads the fonts would read them once more
        letters = _letters()
    return spelled(text, letters)


@cache
def _letters() -> frozenset[str]:
    """Every letter that one of our fonts can draw."""
    from fontTools.ttLib import TTFont

    fonts = sorted(path for path in _FONTS.iterdir() if path.suffix.lower() in {".ttf", ".otf"})
    known: set[int] = set()
    for path in fonts:
        with TTFont(path, lazy=True) as font:
            known.update(font.getBestCmap())
    return frozenset(chr(code) for code in known if code >= 0x20)
