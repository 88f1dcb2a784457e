"""Owns the file of a unit, the file of its plan, and the text that tells the plan: some 1,500 words for each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from generators.nation.places import Place
from generators.nation.voice import MARK, Voice, word_lists
from generators.scaffold.writing import NewFile, ids, scalar, schema_line, whole, words
from generators.text import format_date

_FIRST_DAY = date(2025, 7, 7)  # the units are there since 01/07/2025
_SIGNING_DAYS = 50
_TASKS, _MODELS, _DUTIES = 10, 4, 5
_CENTRAL = (  # real documents, as the sample plan of the project names them
    ("57-NQ/TW", "22/12/2024", "Bộ Chính trị", "Nghị quyết của Bộ Chính trị"),
    (
        "146/QĐ-TTg",
        "28/01/2022",
        "Thủ tướng Chính phủ",
        "Đề án nâng cao nhận thức, phổ cập kỹ năng và phát triển nhân lực chuyển đổi số quốc gia",
    ),
)


def plan_id(place: Place) -> str:
    """Gives the id of the place's plan."""
    return f"{place.id}-2025"


def unit_file(place: Place) -> NewFile:
    """Gives the file of a unit: its official name and code, and the note that all else is invented."""
    lines = [
        schema_line("unit", 2),
        f"name: {words(place.name, place.english)}",
        f"short: {words(place.name.removeprefix('Tỉnh ').removeprefix('Thành phố '))}",
        f"level: {'province' if place.is_province else 'commune'}",
        f"province: {place.province}",
        f'code: "{place.code}"',
        *([] if place.is_province else [f"parent: {place.parent}"]),
        f"note: {words(f'{MARK} Chỉ tên và mã số đơn vị là chính thức.')}",
        "sources:",
        f"  - name: {words('Quyết định 19/2025/QĐ-TTg (danh mục và mã số đơn vị hành chính)')}",
        "    date: 2025",
    ]
    return NewFile(f"data/units/{place.id}.yml", whole(lines))


def committed_models(place: Place, seed: int) -> list[Mapping[str, Any]]:
    """Gives the outreach models that the place's plan commits to, as ``words/plan.yml`` lists them."""
    return Voice(seed, "models", place).sample(word_lists("plan")["models"], _MODELS)


def planned_tasks(place: Place, seed: int) -> list[Mapping[str, Any]]:
    """Gives the tasks of the place's plan, as ``words/plan.yml`` lists them."""
    return Voice(seed, "tasks", place).sample(word_lists("plan")["tasks"], _TASKS)


def report_day(place: Place, seed: int) -> int:
    """Gives the day of the month before which the place's quarterly reports are due."""
    return Voice(seed, "duty", place).pick((8, 10, 12, 15))


def plan_file(place: Place, seed: int) -> NewFile:
    """Gives the file of the place's plan."""
    return NewFile(f"data/plans/{plan_id(place)}.yml", whole(_plan(place, seed)))


def _plan(place: Place, seed: int) -> Iterator[str]:
    voice, lists = Voice(seed, "plan", place), word_lists("plan")
    yield schema_line("plan", 2)
    yield f"# {MARK}"
    title = voice.one(lists["title"])
    yield f"title: {words(title)}"
    yield f"unit: {place.id}"
    yield "document:"
    yield "  number: null"
    yield f"  number_note: {words('Không có số, vì đây là dữ liệu đo tốc độ.')}"
    yield f"  date: {format_date(_FIRST_DAY + timedelta(days=voice.number(0, _SIGNING_DAYS)), 'vi')}"
    yield f"  issuer: {words(voice.say('UBND {noi} (dữ liệu đo tốc độ)'))}"
    yield "status: in_force"
    yield f"scope: {words(voice.one(lists['scope']))}"
    yield f"summary: {words(f'{MARK} ' + voice.one(lists['summary']))}"
    yield "based_on:"
    yield from _based_on(place)
    for key, count, section in (("purpose", 4, "I.1"), ("requirements", 4, "I.2"), ("content", 5, "II")):
        yield f"{key}:"
        yield from _statements(voice.some(lists[key], count), section)
    groups = dict.fromkeys(target["group"] for target in lists["targets"])
    yield f"groups: {ids(groups)}"
    yield "targets:"
    for target in lists["targets"]:
        yield from _target(target, voice)
    yield "tasks:"
    for task in planned_tasks(place, seed):
        yield from _task(task, voice)
    yield "models:"
    for model in committed_models(place, seed):
        yield from _commitment(model, voice)
    yield "communication:"
    for duty in voice.sample(lists["communication"], _DUTIES):
        yield from _duty(duty, voice)
    yield "reporting:"
    yield from _reporting(place, seed, voice)
    yield f"reporting_note: {words(voice.one(lists['reporting_note']))}"
    yield "funding:"
    yield from _statements(voice.some(lists["funding"], 2), "VI")
    yield "praise:"
    yield from _statements(voice.some(lists["praise"], 1), "VII")
    yield "notes:"
    yield f"  - {words(MARK + ' Hai văn bản Trung ương trong phần căn cứ là văn bản có thật.')}"


def _based_on(place: Place) -> Iterator[str]:
    if not place.is_province:
        yield "  - number: null"
        yield f"    number_note: {words('Không có số, vì đây là dữ liệu đo tốc độ.')}"
        yield f"    issuer: {words(f'UBND {place.above} (dữ liệu đo tốc độ)')}"
        yield f"    title: {words('Kế hoạch của cấp trên về Phong trào “Bình dân học vụ số”')}"
        yield "    role: parent"
    for number, day, issuer, title in _CENTRAL:
        yield f"  - number: {scalar(number)}"
        yield f"    date: {day}"
        yield f"    issuer: {words(issuer)}"
        yield f"    title: {words(title)}"
        yield "    role: basis"


def _statements(texts: list[str], section: str) -> Iterator[str]:
    for text in texts:
        yield f"  - {{text: {words(text)}, section: {scalar(section)}}}"


def _target(target: Mapping[str, Any], voice: Voice) -> Iterator[str]:
    level = f"{voice.pick(target['people'])} người" if "people" in target else voice.pick(target["levels"])
    yield f"  - id: {target['id']}"
    yield "    year: 2026"
    yield f"    group: {target['group']}"
    yield f"    population: {words(voice.say(target['population']))}"
    yield f"    indicator: {target['indicator']}"
    yield f"    at_least: {scalar(level)}"
    yield f"    statement: {words(voice.one(target['statement']))}"
    if "platform" in target:
        yield f"    platform: {words(target['platform'])}"
    yield "    section: III.1"


def _task(task: Mapping[str, Any], voice: Voice) -> Iterator[str]:
    lists = word_lists("plan")
    yield f"  - id: {task['id']}"
    yield f"    section: {scalar(task['section'])}"
    yield f"    text: {words(voice.one(task['text']))}"
    yield f"    lead: {words(voice.one(lists['lead_office']))}"
    yield "    with:"
    for partner in voice.some(lists["partners"], 2):
        yield f"      - {words(partner)}"
    when = task["when"]
    yield "    when:"
    yield f"      text: {words(when['text'])}"
    for key in ("due", "yearly", "every"):
        if key in when:
            yield f"      {key}: {when[key]}"
    yield f"    groups: {ids(task['groups'])}"
    if "models" in task:
        yield f"    models: {ids(task['models'])}"


def _commitment(model: Mapping[str, Any], voice: Voice) -> Iterator[str]:
    number = model["number"]
    yield f"  - model: {model['model']}"
    yield f"    name_in_plan: {scalar(model['name'])}"
    yield f"    section: {scalar(model['section'])}"
    yield f"    text: {words(voice.one(model['text']))}"
    yield "    numbers:"
    yield f"      - id: {number['id']}"
    yield f"        at_least: {scalar(number['at_least'])}"
    yield f"        per: {words(voice.say(number['per']))}"
    yield f"        text: {words(voice.say(number['text']))}"
    yield f"    lead: {words(voice.one(word_lists('plan')['lead_office']))}"


def _duty(duty: Mapping[str, Any], voice: Voice) -> Iterator[str]:
    yield f"  - id: {duty['id']}"
    yield f"    kind: {duty['kind']}"
    yield f"    text: {words(voice.say(duty['text']))}"
    if "links" in duty:
        yield f"    links: [{', '.join(scalar(link) for link in duty['links'])}]"
    yield f"    section: {scalar(duty['section'])}"


def _reporting(place: Place, seed: int, voice: Voice) -> Iterator[str]:
    day = report_day(place, seed)
    above = words(f"UBND {place.above}" if place.parent else "Ban Chỉ đạo Trung ương")
    rows = (
        ("hang-thang", "month", "on: {day: 20, month_of_period: each}", "Mỗi tháng báo cáo một lần, vào ngày 20."),
        (
            "hang-quy",
            "quarter",
            f"before: {{day: {day}, month_of_period: last}}",
            f"Mỗi quý báo cáo một lần, trước ngày {day} của tháng cuối quý.",
        ),
        ("hang-nam", "year", "before: {day: 5, month: 12}", "Mỗi năm báo cáo một lần, trước ngày 05 tháng 12."),
    )
    for name, every, due, text in rows:
        yield f"  - id: {name}"
        yield f"    who: {words(voice.say('UBND {noi}'))}"
        yield f"    to: {above}"
        yield f"    every: {every}"
        yield f"    {due}"
        yield f"    text: {words(text)}"
        yield "    section: VIII"


def story_file(place: Place, seed: int) -> NewFile:
    """Gives the text that tells the place's plan in plain words."""
    voice, lists = Voice(seed, "story", place), word_lists("story")
    lines = [
        "---",
        "record: plan",
        "---",
        "",
        f"**{MARK}** Chỉ tên và mã số của {place.name} là chính thức.",
        "",
        voice.one(lists["opening"]),
        "",
        "## Vì sao làm như vậy",
        "",
        *_paragraphs(voice.some(lists["land"], 2)),
        "## Điều gì sẽ thay đổi",
        "",
        *(f"- {text}" for text in voice.some(lists["changes"], 6)),
        "",
    ]
    for heading, key in (
        ("Học ở đâu", "learn"),
        ("Ai giúp", "helpers"),
        ("Giữ an toàn", "safety"),
        ("Đếm thế nào", "measure"),
        ("Chỗ khó", "hard"),
    ):
        lines += [f"## {heading}", "", *_paragraphs(voice.some(lists[key], 2))]
    lines += ["## Bạn nên biết", "", *(f"- {text}" for text in voice.some(lists["know"], 5)), ""]
    lines.append(voice.one(lists["closing"]))
    return NewFile(f"content/ke-hoach/{plan_id(place)}.md", whole(lines))


def _paragraphs(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield from (text, "")
