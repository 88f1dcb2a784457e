"""Owns the poster for a notice board: one A4 page, a tagged PDF, the same bytes for the same words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from generators.problems import Language
from generators.render.kept import kept_bytes
from generators.render.qr import qr_svg
from generators.render.typesetting import typeset_pdf

_TEMPLATE = "poster.typ"


@dataclass(frozen=True, slots=True)
class PosterFact:
    """One thing to know: its label and one or more lines. What decides whether one comes is ``strong``."""

    label: str
    lines: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Poster:
    """All that a poster says, in plain words.

    ``mark`` says that it is a sample, ``notice`` what has changed; both may be empty. ``url`` is where the code leads,
    ``address`` is the same for people who type it; ``learn_address`` is where one learns.
    """

    lang: Language
    site: str
    motto: str
    kicker: str
    title: str
    summary: str
    mark: str
    notice: str
    facts: tuple[PosterFact, ...]
    url: str
    qr_alt: str
    scan: str
    address: str
    learn: str
    learn_address: str


def poster_pdf(poster: Poster, day: date) -> bytes:
    """Gives the poster as PDF/UA-1. It prints no date of its making, so the same words always give the same bytes."""

    def typeset() -> bytes:
        values = asdict(poster) | {"qr": qr_svg(poster.url, poster.qr_alt)}
        return typeset_pdf(_TEMPLATE, values, standard="ua-1", date=day)

    return kept_bytes("poster", poster, typeset)
