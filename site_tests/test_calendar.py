"""Holds calendar files against two readers, `icalendar` and `ical`, and against dates counted by hand.

The first reader's library also wrote the files, so its rules are expanded by dateutil; the second shares nothing with
it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given
from hypothesis import strategies as st
from ical.calendar import Calendar as OtherCalendar
from ical.calendar_stream import IcsCalendarStream

from generators import limits
from generators.artefact import Artefact, Page
from generators.derive import derive
from generators.derive.activities import Series
from generators.outputs import calendar, calendar_files
from generators.outputs.calendar import activity_thing
from generators.pipeline import load_site
from generators.render.calendar import ZONE, CalendarFile, Entry, Override, Rule, clean, write_calendar
from generators.render.html import Templates
from generators.schema.activity import Activity
from generators.site import Site
from generators.telling import agenda

TODAY = date(2026, 11, 22)
HOSTILE = [
    "a & b <script>alert('x')</script> ]]>",
    "dấu phẩy, chấm phẩy; gạch \\ chéo \"ngoặc\" : hai chấm",
    "BEGIN:VEVENT\nEND:VCALENDAR\nX-INJECTED:1",
    "biểu tượng 👩‍🏫📱 và chữ עברית \u202eđảo\u202c",
    "ộ" * 500,
    "  khoảng trắng  đầu và cuối  ",
]


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, TODAY, "https://campaign.example/so")[0]


@pytest.fixture(scope="module")
def files(site: Site) -> dict[str, bytes]:
    templates = Templates(site.phrase)
    return {file.path: bytes(file.content) for file in artefacts(site, templates)}  # type: ignore[arg-type]


def artefacts(site: Site, templates: Templates) -> Iterator[Artefact]:
    for file in calendar_files.render(site, templates):
        assert isinstance(file, Artefact)
        yield file


def entry(**changes: Any) -> Entry:
    """A class on four Wednesday evenings, of which the second is skipped and the third meets in the afternoon."""
    values: dict[str, Any] = {
        "uid": "lop",
        "title": "Lớp tối",
        "starts": moment(2, 19),
        "ends": moment(2, 20),
        "created": date(2026, 11, 1),
        "revised": date(2026, 11, 2),
        "sequence": 3,
        "status": "CONFIRMED",
        "description": "Học",
        "location": "Nhà văn hóa",
        "url": "https://campaign.example/lich/lop/",
        "categories": ("Lớp học",),
        "rule": Rule("week", ("WE",), date(2026, 12, 23)),
        "skipped": (moment(9, 19),),
        "overrides": (Override(moment(16, 19), moment(16, 14), moment(16, 15), "Trường học", "Học"),),
        "reminders": (1,),
    }
    return Entry(**{**values, **changes})


def moment(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=ZONE)


def written(*entries: Entry) -> bytes:
    address = "https://campaign.example/lich.ics"
    return write_calendar(CalendarFile("Lịch", "Mọi hoạt động", address, address, entries))


def events(content: bytes) -> list[icalendar.Event]:
    return [part for part in icalendar.Calendar.from_ical(content).walk("VEVENT") if isinstance(part, icalendar.Event)]


def starts_by_icalendar(content: bytes, uid: str) -> list[datetime | date]:
    """Expands one series as RFC 5545 says: rule, minus EXDATE, with the days of RECURRENCE-ID in place of theirs."""
    own = [event for event in events(content) if str(event["uid"]) == uid]
    [series] = [event for event in own if "recurrence-id" not in event]
    first = series["dtstart"].dt
    rule = rrulestr(series["rrule"].to_ical().decode(), dtstart=first)
    skipped = {one.dt for one in series["exdate"].dts} if "exdate" in series else set()
    changed = {event["recurrence-id"].dt: event["dtstart"].dt for event in own if "recurrence-id" in event}
    starts = [start if isinstance(first, datetime) else start.date() for start in rule]
    return sorted(changed.get(start, start) for start in starts if start not in skipped)


def starts_by_ical(content: bytes, uid: str) -> list[datetime | date]:
    return sorted(event.start for event in other(content).timeline if event.uid == uid)


def other(content: bytes) -> OtherCalendar:
    return IcsCalendarStream.calendar_from_ics(content.decode("utf-8"))


# --- the writer


def test_a_class_with_exceptions_expands_alike_in_both_readers() -> None:
    expected = [moment(2, 19), moment(16, 14), moment(23, 19)]
    assert starts_by_icalendar(written(entry()), "lop") == expected
    assert starts_by_ical(written(entry()), "lop") == expected


def test_the_sample_commune_s_evening_class_expands_alike_in_both_readers(site: Site, files: dict[str, bytes]) -> None:
    """43 Wednesdays from 09/09/2026 to 30/06/2027, of which two rest at Tết and one meets at 14:00."""
    content = files["lich/xa-mau-lop-buoi-toi.ics"]
    [uid] = {str(event["uid"]) for event in events(content)}
    days = [date(2026, 9, 9) + timedelta(weeks=week) for week in range(43)]
    assert days[-1] == date(2027, 6, 30)
    expected = [
        datetime(day.year, day.month, day.day, 14 if day == date(2026, 12, 23) else 19, tzinfo=ZONE)
        for day in days
        if day not in (date(2027, 2, 3), date(2027, 2, 10))
    ]
    assert len(expected) == 41
    assert starts_by_icalendar(content, uid) == expected
    assert starts_by_ical(content, uid) == expected
    assert [one.starts.instant for one in series_of(site, "xa-mau-lop-buoi-toi").occurrences if one.takes_place] == (
        expected
    )


def test_two_weekdays_and_a_day_off_expand_alike_in_both_readers(files: dict[str, bytes]) -> None:
    content = files["en/calendar/xa-mau-lop-nguoi-cao-tuoi.ics"]
    [event] = events(content)
    tuesdays = [(11, 3), (11, 10), (11, 17), (11, 24), (12, 1), (12, 8), (12, 15)]
    fridays = [(11, 6), (11, 13), (11, 27), (12, 4), (12, 11), (12, 18)]
    expected = sorted(datetime(2026, month, day, 8, tzinfo=ZONE) for month, day in tuesdays + fridays)
    assert starts_by_icalendar(content, str(event["uid"])) == expected
    assert starts_by_ical(content, str(event["uid"])) == expected


def test_whole_days_that_repeat_expand_alike_in_both_readers() -> None:
    days = {number: date(2026, 12, number) for number in (2, 9, 16, 17, 23)}
    changed = Override(days[16], days[17], None, "Trường học", "Học")
    content = written(entry(starts=days[2], ends=None, skipped=(days[9],), overrides=(changed,)))
    assert b"EXDATE;VALUE=DATE:20261209" in content
    assert b"RECURRENCE-ID;VALUE=DATE:20261216" in content
    assert b"UNTIL=20261223" in content and b"UNTIL=20261223T" not in content
    expected = [days[2], days[17], days[23]]
    assert starts_by_icalendar(content, "lop") == expected
    assert starts_by_ical(content, "lop") == expected


def test_a_moment_keeps_its_zone_and_a_whole_day_has_none() -> None:
    text = written(entry()).decode()
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20261202T190000" in text
    assert "UNTIL=20261223T120000Z" in text  # 19:00 in Vietnam is 12:00 UTC
    assert text.index("BEGIN:VTIMEZONE") < text.index("BEGIN:VEVENT")
    days = written(entry(starts=date(2026, 12, 1), ends=date(2026, 12, 15), rule=None, skipped=(), overrides=()))
    [event] = events(days)
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 12, 1), date(2026, 12, 16))
    [read] = other(days).events
    assert (read.start, read.end) == (date(2026, 12, 1), date(2026, 12, 16))


def test_the_zone_is_seven_hours_ahead(files: dict[str, bytes]) -> None:
    [zone] = icalendar.Calendar.from_ical(files["lich.ics"]).walk("VTIMEZONE")
    [standard] = zone.walk("STANDARD")
    assert str(zone["tzid"]) == "Asia/Ho_Chi_Minh"
    assert standard["tzoffsetto"].td == timedelta(hours=7)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_survives_in_both_readers_and_injects_nothing(text: str) -> None:
    content = written(entry(title=text, description=text, location=text, contact=text, categories=(text,)))
    found = events(content)
    assert len(found) == 2
    assert {str(found[0][key]) for key in ("summary", "description", "location", "contact")} == {text}
    assert found[0].categories == [text]
    assert "X-INJECTED" not in found[0]
    read = next(event for event in other(content).events if event.recurrence_id is None)
    assert (read.summary, read.location) == (text, text)


def test_the_library_writes_what_it_reads_in_the_same_bytes(files: dict[str, bytes]) -> None:
    """Order, types, escapes and folds are the library's own, though most lines are not written by it."""
    day = date(2026, 12, 4)
    strange = written(
        entry(starts=day, ends=None, rule=Rule("year", until=day), skipped=(day,), overrides=()),
        entry(conference="https://hop.example/" + "a" * 90, contact="Đoàn xã, 0123", status="CANCELLED"),
        entry(sequence=12, categories=("a, b", "c;d"), reminders=(7, 1)),
    )
    for content in (*files.values(), strange):
        assert icalendar.Calendar.from_ical(content).to_ical() == content


@given(st.text(st.sampled_from("aộ👩‍🏫\\^;,:\"\n =") | st.characters(codec="utf-8"), min_size=1, max_size=260))
@example("a" * 65 + "\\\\")
@example("^" * 200)
def test_any_text_is_escaped_and_folded_as_the_library_does(words: str) -> None:
    words = clean(words).replace(r"\N", "") or "."  # the library takes these two letters for the end of a line
    component = icalendar.Component()
    component.add("description", icalendar.vText(words))
    _, line, *_ = component.content_lines()
    assert b"\r\n" + line.to_ical() + b"\r\n" in written(entry(description=words, rule=None, overrides=()))


def test_control_characters_are_taken_out() -> None:
    assert clean("a\x00b\x07c\x1b[1m\x7fd\x9fe\ud800\uffff\tg\r\nh\u2028i") == "abc[1mde\tg\nh\ni"
    content = written(entry(title="chuông\x07 reo\r\nhai dòng"))
    assert str(events(content)[0]["summary"]) == "chuông reo\nhai dòng"
    assert not set(content) & (set(range(32)) - {9, 10, 13})


def test_lines_are_folded_at_75_octets_between_characters(files: dict[str, bytes]) -> None:
    for content in (*files.values(), written(entry(title="ộ" * 500))):
        lines = content.split(b"\r\n")
        assert lines[-1] == b""
        assert b"\n" not in b"".join(lines)
        assert all(len(line) <= 75 for line in lines)
        for line in lines:
            line.decode("utf-8")


def test_reminders_ring_the_day_before_and_not_for_what_is_cancelled() -> None:
    def triggers(one: Entry) -> list[timedelta]:
        return [part["trigger"].dt for part in icalendar.Calendar.from_ical(written(one)).walk("VALARM")]

    single = {"rule": None, "skipped": (), "overrides": ()}
    assert triggers(entry(**single)) == [timedelta(days=-1)]
    assert triggers(entry(**single, status="CANCELLED")) == []
    day = date(2026, 12, 4)
    assert triggers(entry(**single, starts=day, ends=None, reminders=(7, 1))) == [
        timedelta(days=-7, hours=9),  # nine o'clock, seven days and one day before midnight
        timedelta(hours=-15),
    ]


# --- what is published


def test_every_file_parses_in_both_readers_and_belongs_to_one_path(files: dict[str, bytes], site: Site) -> None:
    assert len(files) == len(list(artefacts(site, Templates(site.phrase))))
    for path, content in files.items():
        uids = [str(event["uid"]) for event in events(content) if "recurrence-id" not in event]
        assert len(uids) == len(set(uids)), path
        assert len(other(content).events) == len(events(content)), path


def test_the_promised_addresses_exist(files: dict[str, bytes]) -> None:
    expected = {"lich.ics", "en/calendar.ics", "tien-do/xa-mau/lich.ics", "en/progress/xa-mau/calendar.ics"}
    expected |= {"lich-bao-cao.ics", "en/report-dates.ics", "lich/xa-mau-phien-cho-4t.ics"}
    expected |= {"tien-do/xa-ben-quan/lich.ics"}  # nothing is held there yet, but it may be followed
    assert expected <= files.keys()
    assert "tien-do/vinh-linh/lich.ics" not in files  # the district has ended


def test_files_for_everybody_hold_nothing_invented(files: dict[str, bytes]) -> None:
    for path in ("lich.ics", "en/calendar.ics", "lich-bao-cao.ics", "en/report-dates.ics"):
        text = "".join(str(event["summary"]) for event in events(files[path]))
        assert text and "Xã Mẫu" not in text and "Số liệu minh họa" not in text and "Sample" not in text
    own = events(files["tien-do/xa-mau/lich.ics"])
    assert own and all(str(event["summary"]).startswith("Số liệu minh họa: ") for event in own)


def test_status_and_sequence_tell_of_changes(files: dict[str, bytes]) -> None:
    [cancelled] = events(files["lich/xa-mau-noi-chuyen-lua-dao.ics"])
    assert (str(cancelled["status"]), cancelled["sequence"]) == ("CANCELLED", 1)
    assert not cancelled.walk("VALARM")
    [moved] = events(files["lich/xa-mau-ban-giup-vneid.ics"])
    assert (str(moved["status"]), moved["sequence"]) == ("CONFIRMED", 1)
    [planned] = events(files["lich/ngay-hoi-ha-tinh-nong-thon-moi.ics"])
    assert (str(planned["status"]), planned["sequence"]) == ("TENTATIVE", 0)
    assert planned["rrule"]["freq"] == ["YEARLY"]


def test_a_change_raises_sequence_and_stamp_but_keeps_the_uid(site: Site, files: dict[str, bytes]) -> None:
    path = "lich/xa-mau-phien-cho-4t.ics"
    activity = site.dataset.activities["xa-mau-phien-cho-4t"]
    change = {"date": "25/11/2026", "what": "Đổi cổng"}
    changes = Activity.model_validate({**record_of(activity), "changed": [change]}).changed
    new = activity.model_copy(update={"title": activity.title.model_copy(update={"vi": "Tên mới"}), "changed": changes})
    changed = with_activity(site, new, TODAY)
    [before] = events(files[path])
    [after] = events(next(bytes(one.content) for one in artefacts(changed, Templates(site.phrase)) if one.path == path))  # type: ignore[arg-type]
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstamp"].dt.isoformat() == "2026-11-24T17:00:00+00:00"  # midnight of the 25th in Vietnam
    assert str(after["summary"]).endswith("Tên mới")


def test_files_do_not_change_with_the_day_and_the_same_day_gives_the_same_bytes(
    site: Site, files: dict[str, bytes]
) -> None:
    templates = Templates(site.phrase)
    later = dataclasses.replace(site, today=date(2026, 12, 2), derived=derive(site.dataset, date(2026, 12, 2)))
    again = {file.path: file.content for file in artefacts(site, templates)}
    assert again == files
    moved = {file.path: file.content for file in artefacts(later, templates)}
    reports = {"lich-bao-cao.ics", "report-dates.ics"}  # these look a year ahead of the day
    same = [path for path in files if path.rpartition("/")[2] not in reports]
    assert {path: moved[path] for path in same} == {path: files[path] for path in same}


def test_due_days_of_the_coming_year(files: dict[str, bytes]) -> None:
    """Đồng Tháp: the year before 05/12, each quarter before the 15th of its last month; read strictly."""
    due = {event["dtstart"].dt for event in events(files["tien-do/dong-thap-van-phong/lich-bao-cao.ics"])}
    assert due == {
        date(2026, 12, 4),
        date(2026, 12, 14),
        date(2027, 3, 14),
        date(2027, 6, 14),
        date(2027, 9, 14),
    }
    monthly = [event for event in events(files["tien-do/xa-mau/lich-bao-cao.ics"]) if event["dtstart"].dt.day == 15]
    assert [event["dtstart"].dt.month for event in monthly] == [12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert "tien-do/vinh-linh/lich-bao-cao.ics" not in files


def test_a_weekend_is_named_and_moves_nothing(files: dict[str, bytes]) -> None:
    [sunday] = [event for event in events(files["lich-bao-cao.ics"]) if event["dtstart"].dt == date(2027, 3, 14)]
    assert "cuối tuần" in str(sunday["description"])
    [monday] = [event for event in events(files["lich-bao-cao.ics"]) if event["dtstart"].dt == date(2026, 12, 14)]
    assert "cuối tuần" not in str(monday["description"])


# --- what pages say


def test_the_rhythm_is_said_in_words(site: Site) -> None:
    evening = site.dataset.activities["xa-mau-lop-buoi-toi"]
    assert agenda.rhythm(site, evening, "vi") == (
        "Mỗi thứ Tư, 19:00–20:30, từ 09/09/2026 đến 30/06/2027, trừ 03/02/2027 và 10/02/2027"
    )
    assert agenda.rhythm(site, evening, "en") == (
        "Every Wednesday, 19:00–20:30, 9 September 2026 to 30 June 2027, except 3 February 2027 and 10 February 2027"
    )
    yearly = site.dataset.activities["ngay-hoi-ha-tinh-nong-thon-moi"]
    assert agenda.rhythm(site, yearly, "vi") == "Ngày 10/10 hằng năm"
    assert agenda.rhythm(site, yearly, "en") == "Every year on 10 October"


def test_times_are_said_in_words(site: Site) -> None:
    firsts = {key: series.occurrences[0] for key, series in site.derived.activities.series.items()}
    said = {key: agenda.occurrence_when(site, first, "vi") for key, first in firsts.items()}
    assert said["xa-mau-phien-cho-4t"] == "Chủ nhật, 20/12/2026, 06:00–10:00"
    assert said["xa-mau-thi-gia-dinh-so"] == "Từ thứ Ba, 01/12/2026 đến thứ Ba, 15/12/2026"
    assert said["ngay-hoi-ha-tinh-nong-thon-moi"] == "Thứ Bảy, 10/10/2026"


def test_an_event_tells_machines_its_status_mode_and_place(site: Site) -> None:
    def thing(key: str) -> dict[str, Any]:
        return dict(activity_thing(site, series_of(site, key), "vi"))

    cancelled = thing("xa-mau-noi-chuyen-lua-dao")
    assert cancelled["eventStatus"] == "https://schema.org/EventCancelled"
    moved = thing("xa-mau-ban-giup-vneid")
    assert moved["eventStatus"] == "https://schema.org/EventRescheduled"
    assert moved["previousStartDate"] == "2026-12-05T07:00:00+07:00"
    assert moved["startDate"] == "2026-12-12T07:00:00+07:00"
    assert moved["location"]["amenityFeature"][0]["value"] is True
    online = thing("xa-mau-thi-gia-dinh-so")
    assert online["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert online["location"] == {"@type": "VirtualLocation", "url": "https://binhdanhocvuso.gov.vn"}
    assert "eventAttendanceMode" not in thing("ngay-hoi-dong-thap-van-phong")  # not announced, so not told
    weekly = thing("xa-mau-lop-buoi-toi")
    assert weekly["startDate"] == "2026-11-25T19:00:00+07:00"
    assert weekly["eventSchedule"]["byDay"] == ["https://schema.org/Wednesday"]
    assert weekly["eventSchedule"]["exceptDate"] == ["2027-02-03", "2027-02-10"]


def test_only_real_activities_are_told_to_machines(site: Site) -> None:
    pages = [page for page in calendar.render(site, Templates(site.phrase)) if isinstance(page, Page)]
    told = {page.address for page in pages if page.json_ld}
    assert told == {
        f"{base}{name}/"
        for base in ("/lich/", "/en/calendar/")
        for name in ("ngay-hoi-ha-tinh-nong-thon-moi", "ngay-hoi-dong-thap-van-phong")
    }
    assert all(page.sample for page in pages if "xa-mau" in page.address)


def test_the_calendar_page_keeps_the_sample_apart(site: Site) -> None:
    page = next(page for page in calendar.render(site, Templates(site.phrase)) if page.path == "lich/index.html")
    assert isinstance(page, Page)
    real, sample = page.body.split('id="minh-hoa"')
    assert "xa-mau-lop-buoi-toi/" not in real and "xa-mau-lop-buoi-toi/" in sample
    assert "ngay-hoi-ha-tinh-nong-thon-moi/" in real
    assert "Mỗi thứ Tư, 19:00–20:30, từ 09/09/2026 đến 30/06/2027" in sample


def test_only_what_is_still_to_come_is_offered_for_the_calendar(site: Site) -> None:
    pages = {page.path: page.body for page in calendar.render(site, Templates(site.phrase)) if isinstance(page, Page)}
    for key, over in (("xa-mau-phien-cho-4t", False), ("xa-mau-ngay-hoi-2026", True)):
        assert series_of(site, key).over is over
        body = pages[f"lich/{key}/index.html"]
        assert ("Điều cần biết trước khi đến" in body) is not over
        assert (f"{key}.ics" in body) is not over


def test_a_hostile_title_is_only_text_on_pages(site: Site) -> None:
    hostile = "<script>alert('x')</script> & ]]> \u202eđảo"
    activity = site.dataset.activities["xa-mau-phien-cho-4t"]
    title = activity.title.model_copy(update={"vi": hostile, "en": hostile})
    changed = with_activity(site, activity.model_copy(update={"title": title}), TODAY)
    escaped = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; ]]&gt; \u202eđảo"
    pages = calendar.render(changed, Templates(site.phrase))
    bodies = {page.path: page.body for page in pages if isinstance(page, Page)}
    for path in ("lich/index.html", "en/calendar/index.html", "lich/xa-mau-phien-cho-4t/index.html"):
        assert escaped in bodies[path].replace('<span lang="vi">đảo</span>', 'đảo')  # English pages mark the word
        assert "<script>alert" not in bodies[path]


def series_of(site: Site, key: str) -> Series:
    return site.derived.activities.series[key]


def record_of(activity: Activity) -> dict[str, Any]:
    """The least that makes a record, to read one key of it the way an editor writes it."""
    source = {"name": "Thông báo"}
    base = {"title": "x", "summary": "x", "unit": "xa-mau", "kind": "market", "starts": "20/12/2026", "place_note": "x"}
    return {**base, "id": activity.id, "status": "confirmed", "announced": "12/11/2026", "source": source}


def with_activity(site: Site, activity: Activity, today: date) -> Site:
    dataset = dataclasses.replace(site.dataset, activities={**site.dataset.activities, activity.id: activity})
    return dataclasses.replace(site, dataset=dataset, derived=derive(dataset, today))


# --- a country's worth of entries


def test_files_for_everybody_leave_communes_out_where_they_would_be_too_many(
    site: Site, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def levels(name: str, made: dict[str, bytes]) -> set[str]:
        urls = [str(event["url"]) for event in events(made[name])]
        return {level_at(site, url) for url in urls}

    assert "commune" in levels("lich-bao-cao.ics", files)
    assert site.phrase("cal-above", "vi") not in unfolded(files["lich-bao-cao.ics"])
    monkeypatch.setattr(limits, "CALENDAR_ENTRIES", 3)
    few = {file.path: bytes(file.content) for file in artefacts(site, Templates(site.phrase))}  # type: ignore[arg-type]
    for name, lang in (("lich-bao-cao.ics", "vi"), ("en/report-dates.ics", "en")):
        assert levels(name, few) == levels(name, files) - {"commune"} != set()
        assert site.phrase("cal-above", lang) in unfolded(few[name])  # type: ignore[arg-type]
    shared = {"lich.ics", "lich-bao-cao.ics", "en/calendar.ics", "en/report-dates.ics"}
    assert few.keys() == files.keys()
    assert {name for name in files if few[name] != files[name]} <= shared, "what is a unit's own stays whole"


def level_at(site: Site, url: str) -> str:
    """The level of the unit whose plan or activity a calendar entry leads to."""
    name = urlsplit(url).path.strip("/").split("/")[-1]
    record = site.dataset.plans.get(name) or site.dataset.activities[name]
    return site.dataset.units[record.unit].level


def unfolded(content: bytes) -> str:
    return content.replace(b"\r\n ", b"").decode().replace("\\,", ",")


def test_the_calendar_page_tells_that_communes_are_left_out(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def page() -> str:
        pages = [one for one in calendar.render(site, Templates(site.phrase)) if isinstance(one, Page)]
        return next(one.body for one in pages if one.address == "/lich/")

    said = site.phrase("cal-above", "vi")
    assert said not in page() and site.phrase("cal-file-reports", "vi") in page()
    monkeypatch.setattr(limits, "CALENDAR_ENTRIES", 3)
    assert said in page() and site.phrase("cal-file-reports-above", "vi") in page()
