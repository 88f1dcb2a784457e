"""Owns the open data of figures that were published elsewhere: apart from units' reports, each with its publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generators.open_data.rows import Holders, RowKind, field, no_owner, words_fields
from generators.schema.press import PressFigure, PressValue
from generators.schema.scalars import Words
from generators.site import Site


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One number of a published figure; ``None`` where the publication gives words only."""

    figure: PressFigure
    value: PressValue | None


def _published(_: Site, figure: PressFigure) -> list[PublishedFigure]:
    return [PublishedFigure(figure, value) for value in figure.values or (None,)]


def _name(_: Site, row: PublishedFigure) -> Words | None:
    return row.value.name if row.value else None


def _value(_: Site, row: PublishedFigure) -> int | None:
    return row.value.value if row.value else None


def _of(_: Site, row: PublishedFigure) -> int | None:
    return row.value.of if row.value else None


def _percent(_: Site, row: PublishedFigure) -> Decimal | None:
    return row.value.percent if row.value else None


def _bound(_: Site, row: PublishedFigure) -> Words | None:
    return row.value.bound if row.value else None


def _happened_on(_: Site, row: PublishedFigure) -> date | None:
    return row.figure.happened_on


PRESS: RowKind[PressFigure, PublishedFigure] = RowKind(
    name="press-figures",
    schema="PressFigure",
    title=Words(vi="Số liệu trên báo", en="Figures in the press"),
    about=Words(
        vi="Mỗi dòng là một con số mà báo chí hoặc trang tin đã đăng. Không cộng với báo cáo của đơn vị.",
        en="Each row is one number that a newspaper or news site published. Never add it to units' reports.",
    ),
    fields=(
        field("figure", "id", "Mã của số liệu.", "The figure's id.", lambda _, row: row.figure.id),
        *words_fields("place", "Nơi được nói tới.", "The place.", lambda _, row: row.figure.place),
        field("province", "id", "Mã tỉnh.", "The province's id.", lambda _, row: row.figure.province, optional=True),
        *words_fields("text", "Nguồn nói gì.", "What the source says.", lambda _, row: row.figure.text),
        *words_fields("name", "Đếm cái gì.", "What is counted.", _name, optional=True),
        *words_fields("bound", "Chữ đi trước con số.", "The word before the number.", _bound, optional=True),
        field("value", "whole", "Con số.", "The number.", _value, optional=True),
        field("of", "whole", "Trên tổng số.", "Out of.", _of, optional=True),
        field("percent", "number", "Tỷ lệ nguồn ghi.", "Percentage in the source.", _percent, optional=True),
        field("happened_on", "day", "Ngày việc xảy ra.", "When it happened.", _happened_on, optional=True),
        field("source", "text", "Nơi đăng.", "The publication.", lambda _, row: row.figure.source.name.vi),
        field(
            "source_date",
            "loose-day",
            "Ngày đăng.",
            "Date of publication.",
            lambda _, row: row.figure.source.date,
            optional=True,
        ),
        field(
            "source_url",
            "url",
            "Địa chỉ của nguồn.",
            "Address of the source.",
            lambda _, row: row.figure.source.url,
            optional=True,
        ),
    ),
    holders=Holders(
        all=lambda site: site.dataset.press.values(), name_of=lambda figure: figure.id, units_of=no_owner
    ),
    count=lambda _, figure: max(1, len(figure.values)),
    subjects=_published,
)
