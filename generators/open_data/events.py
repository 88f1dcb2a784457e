"""Owns the open data of what happens and what was told: activities by day, and news. Times carry +07:00."""

from __future__ import annotations

from typing import get_args

from generators.addresses import news_address
from generators.dataset import LANGUAGES
from generators.dataset.activities import activity_path
from generators.derive.activities import Occurrence, OccurrenceState, Series
from generators.derive.news_entry import NewsEntry
from generators.open_data.rows import Holders, RowKind, field, itself, once, sample_field, unit_fields, words_fields
from generators.schema.activity import ActivityKind
from generators.schema.scalars import Words
from generators.site import Site
from generators.text import LooseDate


def _ends(_: Site, one: Occurrence) -> str | None:
    return one.ends.iso if one.ends else None


def _place(_: Site, one: Occurrence) -> Words | None:
    return one.place.name if one.place else None


def _place_address(_: Site, one: Occurrence) -> Words | None:
    return one.place.address if one.place else None


def _online(_: Site, one: Occurrence) -> str | None:
    return one.activity.online.url if one.activity.online else None


def _access(_: Site, one: Occurrence) -> tuple[str, ...]:
    return one.activity.access.features if one.activity.access else ()


ACTIVITIES: RowKind[Series, Occurrence] = RowKind(
    name="activities",
    schema="Activity",
    title=Words(vi="Lịch hoạt động", en="Activities"),
    about=Words(
        vi="Mỗi dòng là một buổi: lớp học, ngày hội, buổi nói chuyện. Buổi nghỉ, dời hoặc hủy cũng có dòng.",
        en="Each row is one time: a class, a festival, a talk. Times that rest, move or are cancelled have a row too.",
    ),
    fields=(
        *unit_fields(lambda site, one: site.dataset.units[one.activity.unit]),
        field("activity", "id", "Mã hoạt động.", "The activity's id.", lambda _, one: one.activity.id),
        *words_fields("title", "Tên hoạt động.", "Title.", lambda _, one: one.activity.title),
        *words_fields("summary", "Làm gì, cho ai.", "What, and for whom.", lambda _, one: one.activity.summary),
        field(
            "kind", "text", "Loại.", "Kind.", lambda _, one: one.activity.kind, choices=get_args(ActivityKind)
        ),
        field(
            "starts",
            "moment",
            "Bắt đầu. Cả ngày thì chỉ có ngày.",
            "Start; a day alone lasts all day.",
            lambda _, one: one.starts.iso,
        ),
        field("ends", "moment", "Kết thúc.", "End.", _ends, optional=True),
        field(
            "state",
            "text",
            "planned: dự kiến; confirmed: chắc chắn; moved: đã dời; cancelled: đã hủy; skipped: buổi nghỉ.",
            "planned, confirmed, moved, cancelled, or skipped (it rests that day).",
            lambda _, one: one.state,
            choices=get_args(OccurrenceState),
        ),
        *words_fields("note", "Vì sao nghỉ, dời hoặc hủy.", "Why it changed.", lambda _, one: one.note, optional=True),
        *words_fields("place", "Nơi tổ chức.", "Place.", _place, optional=True),
        *words_fields("address", "Địa chỉ.", "Address.", _place_address, optional=True),
        field("online", "url", "Nơi vào trên mạng.", "Where to join online.", _online, optional=True),
        field("access", "list", "Nơi này có gì giúp đi lại, nghe, nhìn.", "What helps access there.", _access),
        field("groups", "list", "Mã các nhóm người.", "Ids of the groups.", lambda _, one: one.activity.groups),
        field("models", "list", "Mã các mô hình.", "Ids of the outreach models.", lambda _, one: one.activity.models),
        field("announced", "day", "Ngày công bố.", "Day it was announced.", lambda _, one: one.activity.announced),
        field("source", "text", "Nguồn.", "Source.", lambda _, one: one.activity.source.name.vi),
        field(
            "source_date",
            "loose-day",
            "Ngày của nguồn.",
            "Date of that source.",
            lambda _, one: one.activity.source.date,
            optional=True,
        ),
        field(
            "page",
            "url",
            "Trang của hoạt động.",
            "The activity's page.",
            lambda site, one: site.absolute(site.activity_address(one.activity.id, "vi")),
        ),
    ),
    holders=Holders(
        all=lambda site: site.derived.activities.series.values(),
        name_of=lambda series: series.activity.id,
        units_of=lambda series: (series.activity.unit,),
    ),
    count=lambda _, series: series.count,
    subjects=lambda _, series: series.occurrences,
    file_of=lambda series: activity_path(series.activity),
)


def _title_en(_: Site, entry: NewsEntry) -> str | None:
    return entry.texts["en"].title if "en" in entry.texts else None


def _summary_en(_: Site, entry: NewsEntry) -> str | None:
    return entry.texts["en"].summary if "en" in entry.texts else None


def _news_source(_: Site, entry: NewsEntry) -> str | None:
    if entry.source:
        return entry.source.name.vi
    return entry.report.source.document if entry.report else None


def _news_source_date(_: Site, entry: NewsEntry) -> LooseDate | None:
    if entry.source:
        return entry.source.date
    if entry.report is None:
        return None
    date = entry.report.source.date
    return LooseDate(date.year, date.month, date.day)


NEWS: RowKind[NewsEntry, NewsEntry] = RowKind(
    name="news",
    schema="NewsItem",
    title=Words(vi="Tin tức", en="News"),
    about=Words(
        vi="Mỗi dòng là một tin: tên, tóm tắt, ngày, và tin nói về đơn vị nào.",
        en="Each row is one item: title, summary, date, and which units it is about.",
    ),
    fields=(
        field("id", "text", "Mã của tin, không đổi.", "The item's id; it does not change.", lambda _, one: one.id),
        field("title_vi", "text", "Tên tin.", "Title.", lambda _, one: one.texts["vi"].title),
        field("title_en", "text", "Tên tin. Bản tiếng Anh.", "Title. In English.", _title_en, optional=True),
        field("summary_vi", "text", "Tóm tắt.", "Summary.", lambda _, one: one.texts["vi"].summary),
        field("summary_en", "text", "Tóm tắt. Bản tiếng Anh.", "Summary. In English.", _summary_en, optional=True),
        sample_field(lambda _, one: one.sample),
        field(
            "published",
            "moment",
            "Ngày đăng.",
            "Day of publication.",
            lambda _, one: one.date.at.isoformat() if one.date.timed else one.date.day.isoformat(),
        ),
        field(
            "corrected",
            "flag",
            "true khi tin đã được đính chính.",
            "true when the item was corrected.",
            lambda _, one: one.is_corrected,
        ),
        field("topics", "list", "Mã các chủ đề.", "Ids of the topics.", lambda _, one: one.topics),
        field("units", "list", "Mã các đơn vị.", "Ids of the units.", lambda _, one: one.units),
        field("models", "list", "Mã các mô hình.", "Ids of the outreach models.", lambda _, one: one.models),
        field("source", "text", "Nguồn.", "Source.", _news_source, optional=True),
        field("source_date", "loose-day", "Ngày của nguồn.", "Date of that source.", _news_source_date, optional=True),
        field(
            "languages",
            "list",
            "Đọc được bằng tiếng nào.",
            "Languages it can be read in.",
            lambda _, one: tuple(lang for lang in LANGUAGES if lang in one.texts),
        ),
        field(
            "page",
            "url",
            "Trang của tin.",
            "The item's page.",
            lambda site, one: site.absolute(news_address(one, "vi")),
        ),
    ),
    holders=Holders(
        all=lambda site: site.derived.news.entries, name_of=lambda entry: entry.id, units_of=lambda entry: entry.units
    ),
    count=once,
    subjects=itself,
)
