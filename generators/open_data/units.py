"""Owns the open data of the units: who plans and reports, and what stands above them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from generators.addresses import unit_data_address
from generators.open_data.rows import Holders, RowKind, field, once, sample_field, words_fields
from generators.schema.scalars import Words
from generators.schema.unit import Province, Unit, UnitLevel
from generators.site import Site


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit and the ids of its plans."""

    unit: Unit
    plans: tuple[str, ...]


def _entry(site: Site, unit: Unit) -> UnitEntry:
    return UnitEntry(unit, tuple(plan.id for plan in site.derived.plans_of_unit[unit.id]))


def _province(site: Site, one: UnitEntry) -> Province | None:
    return site.dataset.provinces[one.unit.province] if one.unit.province else None


def _province_name(site: Site, one: UnitEntry) -> Words | None:
    province = _province(site, one)
    return province.name if province else None


def _province_code(site: Site, one: UnitEntry) -> str | None:
    province = _province(site, one)
    return province.code if province else None


def _unit_sources(_: Site, one: UnitEntry) -> list[str]:
    return [f"{source.name.vi}, {source.date.iso}" if source.date else source.name.vi for source in one.unit.sources]


UNITS: RowKind[Unit, UnitEntry] = RowKind(
    name="units",
    schema="Unit",
    title=Words(vi="Đơn vị", en="Units"),
    about=Words(
        vi="Các cơ quan có kế hoạch hoặc có báo cáo, và các đơn vị cấp trên của họ.",
        en="The bodies that have a plan or send reports, and the units above them.",
    ),
    fields=(
        field("id", "id", "Mã đơn vị, không đổi.", "The unit's id; it does not change.", lambda _, one: one.unit.id),
        *words_fields("name", "Tên đầy đủ.", "Full name.", lambda _, one: one.unit.name),
        *words_fields("short", "Tên gọn.", "Short name.", lambda _, one: one.unit.short, optional=True),
        field("level", "text", "Cấp.", "Level.", lambda _, one: one.unit.level, choices=get_args(UnitLevel)),
        field("province", "id", "Mã tỉnh.", "The province's id.", lambda _, one: one.unit.province, optional=True),
        *words_fields("province_name", "Tên tỉnh.", "The province's name.", _province_name, optional=True),
        field(
            "province_code",
            "text",
            "Mã số tỉnh. Là chữ, vì có số 0 đứng đầu.",
            "The province's official code. It is text, as it may start with 0.",
            _province_code,
            optional=True,
        ),
        field(
            "code",
            "text",
            "Mã số đơn vị hành chính. Là chữ, vì có số 0 đứng đầu.",
            "The official code of the administrative unit. It is text, as it may start with 0.",
            lambda _, one: one.unit.code,
            optional=True,
        ),
        field(
            "parent",
            "id",
            "Mã đơn vị cấp trên.",
            "The id of the unit above.",
            lambda _, one: one.unit.parent,
            optional=True,
        ),
        field(
            "abolished_on",
            "day",
            "Ngày thôi hoạt động.",
            "The day on which the unit ended.",
            lambda _, one: one.unit.abolished_on,
            optional=True,
        ),
        field(
            "succeeded_by",
            "list",
            "Mã các đơn vị kế tiếp.",
            "The ids of its successors.",
            lambda _, one: one.unit.succeeded_by,
        ),
        field(
            "website",
            "url",
            "Trang chính thức.",
            "Official website.",
            lambda _, one: one.unit.website,
            optional=True,
        ),
        sample_field(lambda _, one: one.unit.sample),
        *words_fields("note", "Điều cần biết.", "Good to know.", lambda _, one: one.unit.note, optional=True),
        field("plans", "list", "Mã các kế hoạch.", "The ids of its plans.", lambda _, one: one.plans),
        field("sources", "list", "Nguồn của mã và tình trạng.", "Sources of code and status.", _unit_sources),
        field(
            "page",
            "url",
            "Trang của đơn vị.",
            "The unit's page.",
            lambda site, one: site.absolute(site.unit_address(one.unit.id, "vi")),
        ),
        field(
            "data",
            "url",
            "Tệp đủ mọi số liệu của đơn vị.",
            "The file with all data of the unit.",
            lambda site, one: site.absolute(unit_data_address(one.unit.id)),
        ),
    ),
    holders=Holders(
        all=lambda site: site.dataset.units.values(),
        name_of=lambda unit: unit.id,
        units_of=lambda unit: (unit.id,),
    ),
    count=once,
    subjects=lambda site, unit: (_entry(site, unit),),
    always=True,
)
