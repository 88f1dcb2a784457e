"""Owns the files that hold several kinds together: the index, one file for each unit and one for each plan.

Their shape is described once, as a head of fields and parts that are kinds; values and schemas both follow from it. A
unit's file holds what the unit did and names its plans; a plan's file holds what was promised and names the unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generators.addresses import data_address, plan_data_address, section_address, unit_data_address
from generators.dataset import LANGUAGES
from generators.open_data import KINDS, SCHEMA_VERSION
from generators.open_data.commitments import PLANS
from generators.open_data.events import ACTIVITIES, NEWS
from generators.open_data.nesting import (
    ACTIVITIES_WITH_TIMES,
    PLAN_KINDS,
    REPORTS,
    activity_records,
    kind_schema,
    report_records,
)
from generators.open_data.parting import RowsPart, parted
from generators.open_data.reports import reports_in_time
from generators.open_data.rows import Field, RowKind, field, sample_field, words_fields
from generators.open_data.summaries import ROLLUPS
from generators.open_data.units import UNITS
from generators.render.records import (
    Column,
    Nested,
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
from generators.site import Site
from generators.telling.figures import plan_source
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

    kind: RowKind[Any, Any]
    count: int
    json: bytes
    csv: bytes
    parts: tuple[RowsPart, ...] = ()

    def address(self, ending: str) -> str:
        """Gives the address of its file, ``ending`` being ``csv`` or ``json``."""
        return data_address(f"{self.kind.name}.{ending}")


class OpenData:
    """The files of open data of one site. Rows are computed for the file that is asked for, and for no other."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def kinds(self) -> tuple[PublishedKind, ...]:
        """Gives the kinds that have files: those with a real row, and those promised always."""
        return tuple(one for kind in KINDS if (one := self._published(kind)).count or kind.always)

    def parts(self) -> tuple[RowsPart, ...]:
        """Gives the parts of all kinds whose rows are too many for one file."""
        return tuple(part for parts in self._parts.values() for part in parts)

    def told(self) -> list[object]:
        """Stands for all that the lists say: their rows, or the names and lengths of their parts."""
        return [
            [(part.name, part.count) for part in self._parts[kind.key]] or self._rows[kind.key] for kind in KINDS
        ]

    @cached_property
    def _counted(self) -> dict[str, list[tuple[Any, int]]]:
        """The real records that hold the rows of each kind, each with how many: lists and parts share it."""
        real = {holders: holders.real(self._site) for holders in dict.fromkeys(kind.holders for kind in KINDS)}
        return {kind.key: kind.counted(self._site, real[kind.holders]) for kind in KINDS}

    @cached_property
    def _parts(self) -> dict[str, tuple[RowsPart, ...]]:
        return {kind.key: parted(self._site, kind, self._counted[kind.key]) for kind in KINDS}

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        """The rows of each kind that is not parted."""
        whole = [kind for kind in KINDS if not self._parts[kind.key]]
        return {
            kind.key: kind.rows(self._site, (holder for holder, _ in self._counted[kind.key])) for kind in whole
        }

    def _published(self, kind: RowKind[Any, Any]) -> PublishedKind:
        parts = self._parts[kind.key]
        if parts:
            listed = [_row(self._site, _PART_FILE, part) for part in parts]
            head = _row(self._site, _LIST_HEAD, kind)
            text = document_json(document(_columns(_LIST_HEAD), head, _LIST_PARTS, {"parts": listed})).encode("utf-8")
            count = sum(part.count for part in parts)
            return PublishedKind(kind, count, text, records_csv(_columns(_PART_FILE), listed), parts)
        rows = self._rows[kind.key]
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
        """Gives what one unit reported, holds and is told of, and where its plans are."""
        site, plans = self._site, self._site.derived.plans_of_unit[unit.id]
        own = {key: found.get(unit.id, []) for key, found in self._of_units.items()}
        reports = [sent for plan in sorted(plans, key=lambda plan: plan.id) for sent in reports_in_time(site, plan)]
        said = {key: kind.held(site, plans) for key, kind in REPORTS.inner.items()}
        rows: dict[str, Sequence[Row | Nested]] = {
            "unit": UNITS.rows(site, [unit]),
            PLANS.key: [_row(site, _PLAN_FILE, plan) for plan in plans],
            REPORTS.key: report_records(site, reports, said),
            ROLLUPS.key: ROLLUPS.rows(site, own[ROLLUPS.key]),
            ACTIVITIES.key: activity_records(site, ACTIVITIES.held(site, own[ACTIVITIES.key])),
            NEWS.key: NEWS.rows(site, own[NEWS.key]),
        }
        return document(_columns(_HEAD), _row(site, _HEAD, unit), _UNIT_PARTS, rows)

    def plan(self, plan: Plan) -> dict[str, object]:
        """Gives what one plan promises, with the latest figure of each target, and where its unit's readings are."""
        site, unit = self._site, self._site.dataset.unit_of(plan)
        rows: dict[str, Sequence[Row | Nested]] = {
            "plan": PLANS.rows(site, [plan]),
            "unit": [_row(site, _UNIT_FILE, unit)],
        }
        for kind in PLAN_KINDS:
            rows[kind.key] = kind.rows(site, [plan])
        return document(_columns(_PLAN_HEAD), _row(site, _PLAN_HEAD, plan), _PLAN_PARTS, rows)

    @cached_property
    def _of_units(self) -> Mapping[str, Mapping[str, list[Any]]]:
        """The records of each unit, beside its plans, that hold rows of its file: by kind, then by unit."""
        kinds: tuple[RowKind[Any, Any], ...] = (ROLLUPS, ACTIVITIES, NEWS)
        return {kind.key: _grouped(kind.holders.all(self._site), kind.holders.units_of) for kind in kinds}


def schemas(*, parted: bool) -> Schemas:
    """Gives the JSON Schema of every record and document, by name; those of parts only where a list is ``parted``."""
    found: Schemas = {kind.schema: kind_schema(kind) for kind in (*KINDS, *PLAN_KINDS)}
    found.update((*REPORTS.schemas(), *ACTIVITIES_WITH_TIMES.schemas()))
    found["DatasetEntry"] = record_schema(_columns(_DATASET), "DatasetEntry", "Một bộ dữ liệu. / One data set.")
    found["UnitEntry"] = record_schema(_columns(_UNIT_FILE), "UnitEntry", "Tệp của một đơn vị. / One unit's file.")
    found["PlanEntry"] = record_schema(_columns(_PLAN_FILE), "PlanEntry", "Tệp của một kế hoạch. / One plan's file.")
    found["Index"] = document_schema(
        _columns(_INDEX_HEAD), _INDEX_PARTS, "Index", "Mục lục của dữ liệu. / The index of the data."
    )
    found["UnitDocument"] = document_schema(
        _columns(_HEAD),
        _UNIT_PARTS,
        "UnitDocument",
        "Một đơn vị và mọi điều đã báo cáo. / One unit and all it reported.",
    )
    found["PlanDocument"] = document_schema(
        _columns(_PLAN_HEAD), _PLAN_PARTS, "PlanDocument", "Mọi điều một kế hoạch đặt ra. / All that one plan promises."
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


def _grouped(records: Iterable[Any], owners: Callable[[Any], tuple[str, ...]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in records:
        for name in owners(one):
            found.setdefault(name, []).append(one)
    return found


def _columns(fields: Sequence[Field[Any]]) -> tuple[Column, ...]:
    return tuple(one.column for one in fields)


def _row(site: Site, fields: Sequence[Field[Any]], subject: object) -> Row:
    return tuple(one.value(site, subject) for one in fields)


def _of_unit(one: Field[Any]) -> Field[Any]:
    """The field of a unit, asked of a plan."""
    return Field(one.column, lambda site, plan: one.value(site, site.dataset.unit_of(plan)))


def _part(kind: RowKind[Any, Any]) -> Part:
    return Part(kind.key, kind.schema, kind.columns)


def _single(kind: RowKind[Any, Any], key: str) -> Part:
    return Part(key, kind.schema, kind.columns, many=False)


def _part_name(_: Site, part: RowsPart) -> str:
    return part.name


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
_PLAN_HEAD: tuple[Field[Any], ...] = (
    *(_of_unit(one) for one in _HEAD),
    field(
        "source",
        "text",
        "Văn bản đặt ra mọi chỉ tiêu, nhiệm vụ và hạn báo cáo trong tệp: tên, số, ngày.",
        "The document that sets every target, task and date in this file: title, number, date.",
        lambda site, plan: plan_source(site, plan, "vi"),
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
_LIST_HEAD: tuple[Field[RowKind[Any, Any]], ...] = (
    *_SHARED_HEAD,
    field("name", "id", "Tên bộ dữ liệu.", "Name of the data set.", lambda _, kind: kind.name),
)
_PART_FILE: tuple[Field[RowsPart], ...] = (
    field("part", "id", "Tên phần: mã tỉnh, rồi số thứ tự.", "The part's name: province, then number.", _part_name),
    field("rows", "whole", "Số dòng.", "Number of rows.", lambda _, part: part.count),
    field("json", "url", "Tệp JSON.", "JSON file.", lambda site, part: site.absolute(part.address("json"))),
    field("csv", "url", "Tệp CSV.", "CSV file.", lambda site, part: site.absolute(part.address("csv"))),
)
_LIST_PARTS = (Part("parts", "PartEntry", _columns(_PART_FILE)),)
_INDEX_PARTS = (
    Part("datasets", "DatasetEntry", _columns(_DATASET)),
    Part("units", "UnitEntry", _columns(_UNIT_FILE)),
    Part("plans", "PlanEntry", _columns(_PLAN_FILE)),
)
_UNIT_PARTS = (
    _single(UNITS, "unit"),
    Part(PLANS.key, "PlanEntry", _columns(_PLAN_FILE)),
    REPORTS.part,
    _part(ROLLUPS),
    ACTIVITIES_WITH_TIMES.part,
    _part(NEWS),
)
_PLAN_PARTS = (
    _single(PLANS, "plan"),
    Part("unit", "UnitEntry", _columns(_UNIT_FILE), many=False),
    *(_part(kind) for kind in PLAN_KINDS),
)
