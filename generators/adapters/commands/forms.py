"""Owns what ``campaign new`` asks for each kind of file, and how the answers become that file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from generators.adapters.commands.asking import Asker, WrongAnswer
from generators.problems import Language
from generators.scaffold.activity import NewActivity, activity_file
from generators.scaffold.news import news_file
from generators.scaffold.plan import NewPlan, NewTarget, NewTask, plan_file
from generators.scaffold.progress import progress_file
from generators.scaffold.unit import unit_file
from generators.scaffold.writing import NewFile, id_of
from generators.schema.activity import ActivityKind, read_day_time
from generators.schema.progress import read_period
from generators.schema.scalars import Amount, Words, read_date, read_https, read_id, read_loose_date, read_year
from generators.schema.unit import UnitLevel
from generators.site import Site
from generators.text import format_date

# The flags of each kind of file; a star marks one that may be given again and again.
FLAGS: dict[str, tuple[str, ...]] = {
    "unit": ("name", "name-en", "short", "level", "province", "parent", "code", "id"),
    "plan": ("unit", "title", "number", "date", "issuer", "scope", "summary", "target*", "task*", "id"),
    "progress": ("unit", "plan", "period", "date", "document"),
    "news": ("title", "summary", "date", "unit*", "model*", "topic*", "source", "id"),
    "activity": ("unit", "title", "summary", "kind", "starts", "ends", "place", "online", "source", "id"),
}
_WORDS: dict[str, dict[Language, str]] = {
    "target": {
        "vi": "Viết theo thứ tự: chỉ số, mức, năm, mục của kế hoạch. Ví dụ: officials-digital-skills 80% 2026 III.1",
        "en": "Write: indicator, amount, year, section of the plan. Example: officials-digital-skills 80% 2026 III.1",
    },
    "task": {
        "vi": "Viết mục, dấu hai chấm, rồi việc phải làm. Ví dụ: IV.1: Mở lớp học ở từng thôn",
        "en": "Write the section, a colon, and the task. Example: IV.1: Mở lớp học ở từng thôn",
    },
    "next-unit": {
        "vi": "Bước sau: campaign new plan --unit {id}, rồi campaign check.",
        "en": "Next: campaign new plan --unit {id}, then campaign check.",
    },
    "next-plan": {
        "vi": "Bước sau: mở tệp, thêm chỉ tiêu và nhiệm vụ, gõ campaign check. Có số liệu thì gõ: "
        "campaign new progress --unit {unit}",
        "en": "Next: open the file, add targets and tasks, run campaign check. With figures: "
        "campaign new progress --unit {unit}",
    },
    "next-progress": {
        "vi": "Bước sau: mở tệp, điền số, xóa dòng draft, rồi gõ campaign check.",
        "en": "Next: open the file, fill in the figures, take the line draft away, then run campaign check.",
    },
    "next-news": {
        "vi": "Bước sau: mở tệp, viết tin, xóa dòng draft, rồi gõ campaign check.",
        "en": "Next: open the file, write, take the line draft away, then run campaign check.",
    },
    "next-activity": {
        "vi": "Bước sau: mở tệp, xem lại, xóa dòng draft, rồi gõ campaign check.",
        "en": "Next: open the file, look it over, take the line draft away, then run campaign check.",
    },
}
QUESTIONS: dict[str, dict[Language, str]] = {
    "name": {"vi": "Tên đầy đủ của đơn vị", "en": "Full name of the unit"},
    "name-en": {"vi": "Tên tiếng Anh", "en": "English name"},
    "short": {"vi": "Tên gọn, dùng trong bảng", "en": "Short name, for tables"},
    "level": {"vi": "Cấp: {choices}", "en": "Level: {choices}"},
    "province": {"vi": "Tỉnh, thành phố", "en": "Province or city"},
    "parent": {"vi": "Mã đơn vị cấp trên, nếu có trang", "en": "Id of the unit above, where it has a page"},
    "code": {"vi": "Mã số hành chính chính thức", "en": "Official code"},
    "id": {"vi": "Mã, cũng là tên tệp", "en": "Id, which is the file's name too"},
    "unit": {"vi": "Đơn vị (mã hoặc tên)", "en": "Unit (id or name)"},
    "title": {"vi": "Tên", "en": "Title"},
    "number": {"vi": "Số văn bản, ví dụ 12/KH-UBND", "en": "Number of the document, such as 12/KH-UBND"},
    "plan-date": {"vi": "Ngày văn bản (22/05/2025, 05/2025 hoặc 2025)", "en": "Date of the document"},
    "issuer": {"vi": "Cơ quan ban hành", "en": "Issued by"},
    "scope": {"vi": "Kế hoạch áp dụng cho ai, ở đâu", "en": "To whom and where the plan applies"},
    "summary": {"vi": "Một hai câu: đây là gì", "en": "One or two sentences: what it is"},
    "target": {
        "vi": "Một chỉ tiêu: chỉ số, mức, năm, mục (officials-digital-skills 80% 2026 III.1)",
        "en": "A target: indicator, amount, year, section (officials-digital-skills 80% 2026 III.1)",
    },
    "task": {
        "vi": "Một nhiệm vụ: mục, dấu hai chấm, việc (IV.1: Mở lớp học ở từng thôn)",
        "en": "A task: section, colon, what to do (IV.1: Mở lớp học ở từng thôn)",
    },
    "plan": {"vi": "Kế hoạch nào: {choices}", "en": "Which plan: {choices}"},
    "period": {
        "vi": "Kỳ báo cáo: quý 2026-q1, tháng 2026-03, nửa năm 2026-h1, năm 2026",
        "en": "Period: quarter 2026-q1, month 2026-03, half-year 2026-h1, year 2026",
    },
    "date": {"vi": "Ngày (22/05/2025)", "en": "Day (22/05/2025)"},
    "document": {"vi": "Tên và số văn bản báo cáo", "en": "Name and number of the report"},
    "model": {"vi": "Mã mô hình được nói tới", "en": "Id of a model that it is about"},
    "topic": {"vi": "Mã chủ đề: {choices}", "en": "Id of a topic: {choices}"},
    "about-unit": {"vi": "Đơn vị được nói tới (mã hoặc tên)", "en": "Unit that it is about (id or name)"},
    "source": {"vi": "Nguồn: văn bản hoặc nơi đăng", "en": "Source: a document or publication"},
    "kind": {"vi": "Loại: {choices}", "en": "Kind: {choices}"},
    "starts": {"vi": "Bắt đầu (10/10/2026 08:00, hoặc chỉ ngày)", "en": "Starts (10/10/2026 08:00, or a day alone)"},
    "ends": {"vi": "Kết thúc", "en": "Ends"},
    "place": {"vi": "Nơi tổ chức", "en": "Place"},
    "online": {"vi": "Đường dẫn, nếu tổ chức trên mạng", "en": "Link, when it is online"},
}


class NoPlan(Exception):
    """Raised when a unit that has no plan is to report; holds the unit's id."""


class Form:
    """What each kind of file asks: the project as it is, the asker, the day."""

    def __init__(self, site: Site, asker: Asker, day: date) -> None:
        self.site = site
        self.data = site.dataset
        self.asker = asker
        self.day = day

    def question(self, key: str, **values: str) -> str:
        """Gives a question in the asker's language."""
        return QUESTIONS[key][self.asker.lang].format_map(values)

    def say(self, key: str, **values: str) -> str:
        """Gives a sentence in the asker's language."""
        return _WORDS[key][self.asker.lang].format_map(values)

    def needed(self, flag: str, default: str | None = None) -> str:
        """Gives a text that cannot be empty."""
        return self.asker.get(flag, self.question(flag), self.asker.text, default)

    def optional(self, flag: str, read: Callable[[str], str] | None = None) -> str:
        """Gives a text, or nothing."""
        reader = self.asker.optional(read) if read else str
        return self.asker.get(flag, self.question(flag), reader, "")

    def id(self, suggested: str) -> str:
        """Gives the id that the editor chooses, or the suggested one."""
        return self.asker.get("id", self.question("id"), self.asker.by(read_id), suggested or None)

    def unit(self) -> str:
        """Gives the id of a unit that there is."""
        return self.asker.get("unit", self.question("unit"), self.asker.one_of(self.units()))

    def units(self) -> dict[str, list[str]]:
        """Gives every unit's id with the names by which it may be called."""
        return {key: _names(unit.name, unit.short) for key, unit in self.data.units.items()}

    def checked(self, reader: Callable[[str], Any]) -> Callable[[str], str]:
        """Gives a reader that tries the text by one of the records' readers and gives it as it was typed."""
        read = self.asker.by(reader)

        def keep(typed: str) -> str:
            read(typed)
            return typed

        return keep

    def choose(self, flag: str, allowed: Mapping[str, list[str]]) -> str:
        """Gives one of the allowed ids; the question lists them."""
        shown = ", ".join(f"{key} ({names[0]})" if names else key for key, names in allowed.items())
        return self.asker.get(flag, self.question(flag, choices=shown), self.asker.one_of(allowed))


def _names(*words: Words | None) -> list[str]:
    return [text for one in words if one for text in (one.vi, one.en) if text]


def _new_unit(form: Form) -> tuple[NewFile, str]:
    name = form.needed("name")
    english = form.optional("name-en")
    short = form.optional("short")
    levels = {level: [form.site.phrase(f"level-{level}", "vi")] for level in get_args(UnitLevel)}
    level = form.choose("level", levels)
    provinces = form.asker.one_of({key: _names(one.name) for key, one in form.data.provinces.items()})
    province = form.optional("province", provinces)
    parent = form.optional("parent", form.asker.one_of(form.units()))
    code = form.optional("code")
    unit_id = form.id(id_of(short or name))
    file = unit_file(
        unit_id, name, level, english=english, short=short, province=province, parent=parent, code=code  # type: ignore[arg-type]
    )
    return file, form.say("next-unit", id=unit_id)


def _new_plan(form: Form) -> tuple[NewFile, str]:
    unit = form.unit()
    title = form.needed("title")
    number = form.optional("number")
    typed = form.asker.get("date", form.question("plan-date"), form.checked(read_loose_date))
    plan = NewPlan(
        unit=unit,
        title=title,
        number=number,
        date=typed,
        issuer=form.needed("issuer", form.data.units[unit].name.vi),
        scope=form.needed("scope"),
        summary=form.needed("summary"),
        targets=form.asker.many("target", form.question("target"), lambda text: _target(form, text)),
        tasks=form.asker.many("task", form.question("task"), lambda text: _task(form, text)),
    )
    plan_id = form.id(f"{unit}-{read_loose_date(typed).year}")
    return plan_file(plan_id, plan), form.say("next-plan", unit=unit)


def _target(form: Form, text: str) -> NewTarget:
    parts = text.split()
    years = [place for place, part in enumerate(parts) if place > 1 and _is_year(part)]
    if not years or years[-1] + 1 >= len(parts):
        raise WrongAnswer(form.say("target"))
    year = years[-1]
    indicators = {key: _names(one.short, one.name) for key, one in form.data.indicators.items()}
    indicator = form.data.indicators[form.asker.one_of(indicators)(parts[0])]
    amount = " ".join(parts[1:year])
    form.asker.by(_read_amount)(amount)
    group = form.data.groups[indicator.group]
    return NewTarget(indicator, group, amount, parts[year], " ".join(parts[year + 1 :]))


def _read_amount(text: str) -> str:
    try:
        Amount.model_validate(text)
    except ValidationError:
        raise PydanticCustomError("bad-amount", "{found}", {"found": text}) from None
    return text


def _is_year(text: str) -> bool:
    try:
        read_year(text)
    except ValueError:
        return False
    return True


def _task(form: Form, text: str) -> NewTask:
    section, colon, what = (part.strip() for part in text.partition(":"))
    if not (section and colon and what):
        raise WrongAnswer(form.say("task"))
    return NewTask(section, what)


def _new_progress(form: Form) -> tuple[NewFile, str]:
    unit = form.unit()
    own = [plan for plan in form.data.plans.values() if plan.unit == unit]
    own = [plan for plan in own if plan.status == "in_force"] or own
    if not own:
        raise NoPlan(unit)
    plan = own[0]
    if len(own) > 1 or form.asker.options.plan:
        plan = form.data.plans[form.choose("plan", {one.id: _names(one.title) for one in own})]
    period = form.asker.get("period", form.question("period"), form.asker.by(read_period))
    day = form.asker.get("date", form.question("date"), form.asker.by(read_date), format_date(form.day, "vi"))
    named = form.data.units[unit].called
    words = form.site.phrase(f"cal-period-{period.kind}", "vi", number=str(period.number), year=str(period.year))
    document = form.needed("document", f"Báo cáo {words} của {named.vi}")
    file = progress_file(form.site, plan, period, day, document, name_plan=len(own) > 1)
    return file, form.say("next-progress")


def _new_news(form: Form) -> tuple[NewFile, str]:
    title = form.needed("title")
    summary = form.needed("summary")
    day = form.asker.get("date", form.question("date"), form.asker.by(read_date), format_date(form.day, "vi"))
    item_id = form.id(id_of(title))
    topics = {key: _names(one.name) for key, one in form.data.topics.items()}
    models = {key: _names(one.name) for key, one in form.data.models.items()}
    file = news_file(
        item_id,
        title,
        summary,
        day,
        units=form.asker.many("unit", form.question("about-unit"), form.asker.one_of(form.units())),
        models=form.asker.many("model", form.question("model"), form.asker.one_of(models)),
        topics=form.asker.many("topic", form.question("topic", choices=", ".join(topics)), form.asker.one_of(topics)),
        source=form.optional("source"),
    )
    return file, form.say("next-news")


def _new_activity(form: Form) -> tuple[NewFile, str]:
    unit = form.unit()
    moment = form.checked(read_day_time)
    activity = NewActivity(
        unit=unit,
        title=form.needed("title"),
        summary=form.needed("summary"),
        kind=form.choose("kind", {kind: [] for kind in get_args(ActivityKind)}),  # type: ignore[arg-type]
        starts=form.asker.get("starts", form.question("starts"), moment),
        ends=form.optional("ends", moment),
        place=form.optional("place"),
        online=form.optional("online", form.checked(read_https)),
        announced=form.day,
        source=form.needed("source", f"Thông báo của {form.data.units[unit].name.vi}"),
    )
    activity_id = form.id(id_of(activity.title))
    return activity_file(activity_id, activity), form.say("next-activity")


FORMS: dict[str, Callable[[Form], tuple[NewFile, str]]] = {
    "unit": _new_unit,
    "plan": _new_plan,
    "progress": _new_progress,
    "news": _new_news,
    "activity": _new_activity,
}
