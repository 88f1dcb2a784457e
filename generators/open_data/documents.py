"""Owns the files that hold several kinds together: the index, one file for each unit and one for each plan.

Their shape is described once, as a head of fields and parts that are kinds; values and schemas both follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generators.dataset import LANGUAGES
from generators.open_data import KINDS, SCHEMA_VERSION
from generators.open_data.commitments import PLANS
from generators.open_data.events import ACTIVITIES, NEWS
from generators.open_data.parting import RowsPart, parted
from generators.open_data.press import PRESS
from generators.open_data.rows import Field, Owned, RowKind, field, sample_field, words_fields
from generators.open_data.summaries import INDICATORS, ROLLUPS
from generators.open_data.units import UNITS
from generators.render.records import (
    Column,
    Part,
    Row,
    document,
    document_json,
    document_schema,
    record_schema,
    records_csv,
    records_json,
)
from generators.schema.plan import Plan
from generators.schema.scalars import Words
from generators.schema.unit import Unit
from generators.site import Site, data_address, plan_data_address, section_address, unit_data_address
from generators.telling.structured_data import LICENCE_URL

LICENCE_NAME = "CC BY 4.0"
Schemas = dict[str, Mapping[str, object]]

MISSING = Words(
    vi="Chưa có số liệu thì để null (JSON) hoặc ô trống (CSV), không bao giờ ghi 0.",
    en="A missing figure is null (JSON) or an empty cell (CSV), never 0.",
)
SAMPLES = Words(
    vi="Số liệu minh họa không có trong các tệp chung; chỉ có trong tệp riêng của đơn vị minh họa, với sample = true.",
    en="Sample data are left out of the main files; they stand in the sample unit's own files, with sample = true.",
)


@dataclass(frozen=True, slots=True)
class PublishedKind:
    """One kind as it is published: how many real rows it has, and its two files.

    Where the rows are too many for one file, they stand in the ``parts``, and the two files list those.
    """

    kind: RowKind[Any]
    count: int
    json: bytes
    csv: bytes
    parts: tuple[RowsPart, ...] = ()

    def address(self, ending: str) -> str:
        """Gives the address of its file, ``ending`` being ``csv`` or ``json``."""
        return data_address(f"{self.kind.name}.{ending}")


class OpenData:
    """What all rows of one site are about, and the files made of them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._owned: dict[str, tuple[Owned[Any], ...]] = {kind.key: tuple(kind.owned(site)) for kind in KINDS}
        self._by_unit = {key: _grouped(owned, [one.units for one in owned]) for key, owned in self._owned.items()}
        self._by_plan = {key: _grouped(owned, [one.plans for one in owned]) for key, owned in self._owned.items()}

    def kinds(self) -> tuple[PublishedKind, ...]:
        """Gives the kinds that have files: those with a real row, and those promised always."""
        return tuple(one for kind in KINDS if (one := self._published(kind)).count or kind.always)

    def parts(self) -> tuple[RowsPart, ...]:
        """Gives the parts of all kinds whose rows are too many for one file."""
        return tuple(part for kind in KINDS for part in self._parted(kind))

    def _parted(self, kind: RowKind[Any]) -> tuple[RowsPart, ...]:
        return parted(self._site, kind, self._real(kind))

    def _real(self, kind: RowKind[Any]) -> list[Owned[Any]]:
        return [one for one in self._owned[kind.key] if not one.sample]

    def _published(self, kind: RowKind[Any]) -> PublishedKind:
        real, parts = self._real(kind), self._parted(kind)
        if parts:
            listed = [_row(self._site, _PART_FILE, part) for part in parts]
            head = _row(self._site, _LIST_HEAD, kind)
            text = document_json(document(_columns(_LIST_HEAD), head, _LIST_PARTS, {"parts": listed})).encode("utf-8")
            return PublishedKind(kind, len(real), text, records_csv(_columns(_PART_FILE), listed), parts)
        rows = kind.rows(self._site, real)
        text = records_json(kind.columns, rows).encode("utf-8")
        return PublishedKind(kind, len(rows), text, records_csv(kind.columns, rows))

    def index(self, kinds: Sequence[PublishedKind]) -> dict[str, object]:
        """Gives the index: what there is, where, how big, under which licence and rules."""
        rows: dict[str, list[Row]] = {
            "datasets": [_row(self._site, _DATASET, one) for one in kinds],
            "units": [_row(self._site, _UNIT_FILE, unit) for unit in self._site.dataset.units.values()],
            "plans": [_row(self._site, _PLAN_FILE, plan) for plan in self._site.dataset.plans.values()],
        }
        return document(_columns(_INDEX_HEAD), _row(self._site, _INDEX_HEAD, None), _INDEX_PARTS, rows)

    def unit(self, unit: Unit) -> dict[str, object]:
        """Gives everything about one unit."""
        rows = {part.key: self._rows(part, self._by_unit, unit.id) for part in _UNIT_PARTS}
        return document(_columns(_HEAD), _row(self._site, _HEAD, unit), _UNIT_PARTS, rows)

    def plan(self, plan: Plan) -> dict[str, object]:
        """Gives everything about one plan, with the unit that issued it."""
        rows = {part.key: self._rows(part, self._by_plan, plan.id) for part in _PLAN_PARTS}
        unit = self._site.dataset.unit_of(plan)
        rows["unit"] = [UNITS.row(self._site, one.subject) for one in self._by_unit[UNITS.key][unit.id]]
        return document(_columns(_HEAD), _row(self._site, _HEAD, unit), _PLAN_PARTS, rows)

    def _rows(self, part: Part, groups: Mapping[str, Mapping[str, list[Owned[Any]]]], owner: str) -> list[Row]:
        key = _kind_key(part)
        return _KINDS[key].rows(self._site, groups[key].get(owner, ()))


def schemas(*, parted: bool) -> Schemas:
    """Gives the JSON Schema of every record and document, by name; those of parts only where a list is ``parted``."""
    found: Schemas = {
        kind.schema: record_schema(kind.columns, kind.schema, f"{kind.about.vi} / {kind.about.en}") for kind in KINDS
    }
    found["DatasetEntry"] = record_schema(_columns(_DATASET), "DatasetEntry", "Một bộ dữ liệu. / One data set.")
    found["UnitEntry"] = record_schema(_columns(_UNIT_FILE), "UnitEntry", "Tệp của một đơn vị. / One unit's file.")
    found["PlanEntry"] = record_schema(_columns(_PLAN_FILE), "PlanEntry", "Tệp của một kế hoạch. / One plan's file.")
    found["Index"] = document_schema(
        _columns(_INDEX_HEAD), _INDEX_PARTS, "Index", "Mục lục của dữ liệu. / The index of the data."
    )
    found["UnitDocument"] = document_schema(
        _columns(_HEAD), _UNIT_PARTS, "UnitDocument", "Mọi số liệu của một đơn vị. / All data of one unit."
    )
    found["PlanDocument"] = document_schema(
        _columns(_HEAD), _PLAN_PARTS, "PlanDocument", "Mọi số liệu của một kế hoạch. / All data of one plan."
    )
    if parted:
        found["PartEntry"] = record_schema(_columns(_PART_FILE), "PartEntry", "Một phần. / One part.")
        found["PartList"] = document_schema(
            _columns(_LIST_HEAD),
            _LIST_PARTS,
            "PartList",
            "Các phần của một danh sách dài. / The parts of a long list.",
        )
    return found


def _grouped(owned: Sequence[Owned[Any]], owners: Sequence[tuple[str, ...]]) -> dict[str, list[Owned[Any]]]:
    found: dict[str, list[Owned[Any]]] = {}
    for one, names in zip(owned, owners, strict=True):
        for name in names:
            found.setdefault(name, []).append(one)
    return found


def _columns(fields: Sequence[Field[Any]]) -> tuple[Column, ...]:
    return tuple(one.column for one in fields)


def _row(site: Site, fields: Sequence[Field[Any]], subject: object) -> Row:
    return tuple(one.value(site, subject) for one in fields)


def _part(kind: RowKind[Any]) -> Part:
    return Part(kind.key, kind.schema, kind.columns)


def _single(kind: RowKind[Any], key: str) -> Part:
    return Part(key, kind.schema, kind.columns, many=False)


def _part_name(_: Site, part: RowsPart) -> str:
    return part.name


def _kind_key(part: Part) -> str:
    return part.key if part.many else f"{part.key}s"


_KINDS = {kind.key: kind for kind in KINDS}
_UNIT_PARTS = (_single(UNITS, "unit"), *(_part(kind) for kind in KINDS if kind not in (UNITS, INDICATORS, PRESS)))
_PLAN_PARTS = (
    _single(PLANS, "plan"),
    _single(UNITS, "unit"),
    *(_part(kind) for kind in KINDS if kind not in (UNITS, PLANS, INDICATORS, ROLLUPS, ACTIVITIES, NEWS, PRESS)),
)

_SHARED_HEAD: tuple[Field[Any], ...] = (
    field(
        "schema_version",
        "text",
        "Phiên bản của cách trình bày dữ liệu.",
        "Version of the shape of these files.",
        lambda _, __: SCHEMA_VERSION,
    ),
    field(
        "as_of",
        "day",
        "Ngày tính, theo giờ Việt Nam.",
        "The day for which it was computed, in Vietnam's time.",
        lambda site, _: site.today,
    ),
    field("licence", "text", "Giấy phép.", "Licence.", lambda _, __: LICENCE_NAME),
    field("licence_url", "url", "Lời giấy phép.", "Text of the licence.", lambda _, __: LICENCE_URL),
    field(
        "attribution",
        "text",
        "Ghi nguồn như thế này khi dùng lại.",
        "Name the source like this when you reuse it.",
        lambda site, _: site.phrase("data-publisher", "vi"),
    ),
)
_HEAD: tuple[Field[Any], ...] = (
    *_SHARED_HEAD,
    sample_field(lambda _, unit: unit.sample),
    field(
        "notice",
        "text",
        "Lời nhắc khi số liệu chỉ để minh họa.",
        "A notice when the data are a sample only.",
        lambda site, unit: " / ".join(site.phrase("ui-sample", lang) for lang in LANGUAGES) if unit.sample else None,
        optional=True,
    ),
)
_INDEX_HEAD: tuple[Field[Any], ...] = (
    *_SHARED_HEAD,
    field("time_zone", "text", "Múi giờ của mọi ngày.", "Time zone of all days.", lambda _, __: "Asia/Ho_Chi_Minh"),
    *words_fields("missing", "Số liệu còn thiếu ghi thế nào.", "How missing figures are written.", lambda *_: MISSING),
    *words_fields("samples", "Số liệu minh họa ở đâu.", "Where sample data are.", lambda *_: SAMPLES),
    field(
        "openapi",
        "url",
        "Mô tả kỹ thuật của mọi tệp.",
        "Technical description of all files.",
        lambda site, _: site.absolute(data_address("openapi.json")),
    ),
    field(
        "catalog",
        "url",
        "Danh mục theo chuẩn DCAT 3.",
        "Catalogue by DCAT 3.",
        lambda site, _: site.absolute(data_address("catalog.jsonld")),
    ),
    field(
        "page",
        "url",
        "Trang giải thích.",
        "The page that explains all this.",
        lambda site, _: site.absolute(section_address("du-lieu", "vi")),
    ),
)
_DATASET: tuple[Field[PublishedKind], ...] = (
    field("name", "id", "Tên bộ dữ liệu.", "Name of the data set.", lambda _, one: one.kind.name),
    *words_fields("title", "Tiêu đề.", "Title.", lambda _, one: one.kind.title),
    *words_fields("about", "Có gì trong đó.", "What it holds.", lambda _, one: one.kind.about),
    field("rows", "whole", "Số dòng.", "Number of rows.", lambda _, one: one.count),
    field("schema", "text", "Tên trong openapi.json.", "Name in openapi.json.", lambda _, one: one.kind.schema),
    field("json", "url", "Tệp JSON.", "JSON file.", lambda site, one: site.absolute(one.address("json"))),
    field("json_bytes", "whole", "Cỡ tệp JSON.", "Size of the JSON file.", lambda _, one: len(one.json)),
    field("csv", "url", "Tệp CSV.", "CSV file.", lambda site, one: site.absolute(one.address("csv"))),
    field("csv_bytes", "whole", "Cỡ tệp CSV.", "Size of the CSV file.", lambda _, one: len(one.csv)),
)
_UNIT_FILE: tuple[Field[Unit], ...] = (
    field("id", "id", "Mã đơn vị.", "The unit's id.", lambda _, unit: unit.id),
    sample_field(lambda _, unit: unit.sample),
    field(
        "json", "url", "Tệp của đơn vị.", "The unit's file.", lambda site, u: site.absolute(unit_data_address(u.id))
    ),
)
_PLAN_FILE: tuple[Field[Plan], ...] = (
    field("id", "id", "Mã kế hoạch.", "The plan's id.", lambda _, plan: plan.id),
    sample_field(lambda site, plan: site.dataset.is_sample(plan)),
    field(
        "json", "url", "Tệp của kế hoạch.", "The plan's file.", lambda site, p: site.absolute(plan_data_address(p.id))
    ),
)
_LIST_HEAD: tuple[Field[RowKind[Any]], ...] = (
    *_SHARED_HEAD,
    field("name", "id", "Tên bộ dữ liệu.", "Name of the data set.", lambda _, kind: kind.name),
)
_PART_FILE: tuple[Field[RowsPart], ...] = (
    field("part", "id", "Tên phần: mã tỉnh, rồi số thứ tự.", "The part's name: province, then number.", _part_name),
    field("rows", "whole", "Số dòng.", "Number of rows.", lambda _, part: len(part.owned)),
    field("json", "url", "Tệp JSON.", "JSON file.", lambda site, part: site.absolute(part.address("json"))),
    field("csv", "url", "Tệp CSV.", "CSV file.", lambda site, part: site.absolute(part.address("csv"))),
)
_LIST_PARTS = (Part("parts", "PartEntry", _columns(_PART_FILE)),)
_INDEX_PARTS = (
    Part("datasets", "DatasetEntry", _columns(_DATASET)),
    Part("units", "UnitEntry", _columns(_UNIT_FILE)),
    Part("plans", "PlanEntry", _columns(_PLAN_FILE)),
)
