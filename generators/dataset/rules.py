"""Owns the rules between files: references, official hosts, dead administrative levels.

Each rule is one small function that adds its problems; none of them raises. Rules for what belongs to units are shown
one unit at a time where its result is kept (``unit_by_unit.py``), all others the whole dataset.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from generators.dataset import Dataset
from generators.dataset.activities import check_activities, check_slogans
from generators.dataset.care_rules import note_lack_of_care, note_units_lack_of_care
from generators.dataset.drafts import note_drafts
from generators.dataset.kept import Kept
from generators.dataset.news import check_news
from generators.dataset.praise import check_praise
from generators.dataset.privacy_rules import check_privacy
from generators.dataset.report_rules import check_press, check_reports
from generators.dataset.texts import texts_below
from generators.dataset.unit_by_unit import judge_unit_by_unit
from generators.dataset.unread import Unread
from generators.marks import Loc
from generators.problems import Problems, near_name
from generators.schema.plan import Plan
from generators.source import Source
from generators.text import format_date

_NAMES = {
    "unit": "đơn vị",
    "plan": "kế hoạch",
    "group": "nhóm người",
    "indicator": "chỉ số",
    "measure": "cách đo",
    "model": "mô hình",
    "province": "tỉnh",
}


def check_dataset(
    dataset: Dataset, problems: Problems, today: date | None = None, kept: Kept | None = None
) -> None:
    """Adds every problem that shows only when files are held against each other.

    ``today`` lets reports from the future be refused; without it nothing is held against the calendar. Where every file
    could be read, ``kept`` may have what was found before in the files of units that are the same.
    """
    for rule in (_check_units, _check_indicators, _check_models, _check_narratives, _check_hosts, check_slogans):
        rule(dataset, problems)
    check_press(dataset, problems)
    check_loops(dataset, problems)
    _check_news(dataset, problems)
    _check_praise(dataset, problems, today)
    _check_materials(dataset, problems)
    _check_banners(dataset, problems)
    check_privacy(dataset, problems)
    note_drafts(dataset, problems)
    note_lack_of_care(dataset, problems, today)
    judge = partial(_check_belongings, today=today)
    if kept is None or any(dataset.unread):
        judge(dataset, problems)
    else:
        judge_unit_by_unit(judge, dataset, problems, today, kept)


def _check_belongings(dataset: Dataset, problems: Problems, today: date | None) -> None:
    """The rules for what belongs to units; of each unit they see its own belongings and what all units share."""
    _check_plans(dataset, problems)
    check_reports(dataset, problems, today)
    check_activities(dataset, problems)
    note_units_lack_of_care(dataset, problems)


class _Checker:
    """Points problems at places of one file."""

    def __init__(self, source: Source, problems: Problems, unread: Unread) -> None:
        self._source = source
        self._problems = problems
        self._unread = unread

    def add(self, loc: Loc, code: str, *, near: str = "", **values: str | int) -> None:
        self._problems.add(self._source.path, self._source.position(loc), code, near=near, **values)

    def refer(self, what: str, found: str | None, allowed: Mapping[str, Any], loc: Loc) -> None:
        """Complains when ``found`` is not one of ``allowed``."""
        if found is not None and found not in allowed and not self._unread.may_be(what, found):
            near = near_name(found, allowed)
            self.add(loc, "reference-unknown", near=near, what=_NAMES[what], what_en=what, found=found)

    def refer_all(self, what: str, found: tuple[str, ...], allowed: Mapping[str, Any], loc: Loc) -> None:
        for index, name in enumerate(found):
            self.refer(what, name, allowed, [*loc, index])


def _check_units(dataset: Dataset, problems: Problems) -> None:
    for unit in dataset.units.values():
        check = _Checker(dataset.sources[f"data/units/{unit.id}.yml"], problems, dataset.unread)
        check.refer("province", unit.province, dataset.provinces, ["province"])
        check.refer("unit", unit.parent, dataset.units, ["parent"])
        check.refer_all("unit", unit.succeeded_by, dataset.units, ["succeeded_by"])


def check_loops(dataset: Dataset, problems: Problems) -> None:
    """Adds a problem for each unit that is above itself or succeeds itself: no roll-up could end there."""
    for unit in dataset.units.values():
        check = _Checker(dataset.sources[f"data/units/{unit.id}.yml"], problems, dataset.unread)
        if unit.id in _reached(unit.id, lambda name: (dataset.units[name].parent or "",), dataset):
            check.add(["parent"], "unit-above-itself", found=unit.id)
        if unit.id in _reached(unit.id, lambda name: dataset.units[name].succeeded_by, dataset):
            check.add(["succeeded_by"], "unit-succeeds-itself", found=unit.id)


def _reached(start: str, following: Callable[[str], Iterable[str]], dataset: Dataset) -> set[str]:
    """Gives the ids of the units that one comes to from ``start`` by one step or more."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for name in following(waiting.pop()):
            if name in dataset.units and name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached


def _check_indicators(dataset: Dataset, problems: Problems) -> None:
    source = dataset.sources.get("data/indicators.yml")
    groups = dataset.sources.get("data/groups.yml")
    if source is None or groups is None:
        return
    check = _Checker(source, problems, dataset.unread)
    for indicator in dataset.indicators.values():
        index = source.index_of(indicator.id)
        check.refer("group", indicator.group, dataset.groups, [index, "group"])
        check.refer("measure", indicator.measure, dataset.measures, [index, "measure"])
    check = _Checker(groups, problems, dataset.unread)
    for group in dataset.groups.values():
        index = groups.index_of(group.id)
        check.refer("group", group.part_of, dataset.groups, [index, "part_of"])
        whole = dataset.groups.get(group.part_of or group.id)
        if whole and not whole.main:  # the comparison goes by main groups and would lose this group's targets
            check.add([index, "part_of" if group.part_of else "id"], "group-main", found=group.id)


def _check_plans(dataset: Dataset, problems: Problems) -> None:
    for plan in dataset.plans.values():
        source = dataset.sources[f"data/plans/{plan.id}.yml"]
        check = _Checker(source, problems, dataset.unread)
        check.refer("unit", plan.unit, dataset.units, ["unit"])
        check.refer_all("unit", plan.succeeded_by, dataset.units, ["succeeded_by"])
        check.refer_all("group", plan.groups, dataset.groups, ["groups"])
        _check_targets(dataset, plan, check)
        for index, task in enumerate(plan.tasks):
            check.refer_all("group", task.groups, dataset.groups, ["tasks", index, "groups"])
            check.refer_all("model", task.models, dataset.models, ["tasks", index, "models"])
        for index, commitment in enumerate(plan.models):
            check.refer("model", commitment.model, dataset.models, ["models", index, "model"])
        _check_unique_ids(plan, check)
        ended = dataset.district_end()
        if ended and (plan.status == "in_force" or _is_younger(plan, ended)):
            for loc, name in dataset.signs_of(source).dead_levels:
                check.add(loc, "dead-level", found=name, date=format_date(ended, "vi"))


def _is_younger(plan: Plan, day: date) -> bool:
    """True when the document is from ``day`` or later for certain: ``2025`` alone may be any day of that year."""
    dated = plan.document.date
    return dated is not None and date(dated.year, dated.month or 1, dated.day or 1) >= day


def _check_targets(dataset: Dataset, plan: Plan, check: _Checker) -> None:
    for index, target in enumerate(plan.targets):
        check.refer("group", target.group, dataset.groups, ["targets", index, "group"])
        check.refer("indicator", target.indicator, dataset.indicators, ["targets", index, "indicator"])
        indicator = dataset.indicators.get(target.indicator)
        group = dataset.groups.get(target.group)
        if not indicator or not group or indicator.group not in dataset.groups:
            continue
        if indicator.group not in (group.id, group.part_of):
            check.add(
                ["targets", index, "group"],
                "target-group",
                found=group.id,
                group=indicator.group,
                indicator=indicator.id,
            )


def _check_unique_ids(plan: Plan, check: _Checker) -> None:
    ids = {
        "targets": [target.id for target in plan.targets],
        "tasks": [task.id for task in plan.tasks],
        "communication": [duty.id for duty in plan.communication],
        "reporting": [duty.id for duty in plan.reporting],
    }
    for kind, names in ids.items():
        for index, name in enumerate(names):
            if name in names[:index]:
                check.add([kind, index, "id"], "id-twice", found=name)


def _check_models(dataset: Dataset, problems: Problems) -> None:
    for model in dataset.models.values():
        check = _Checker(dataset.sources[f"data/models/{model.id}.yml"], problems, dataset.unread)
        check.refer_all("group", model.helps, dataset.groups, ["helps"])
        first = next(other for other in dataset.models.values() if other.english_id == model.english_id)
        if first is not model:
            check.add(["english_id"], "id-twice", found=model.english_id)


def _check_narratives(dataset: Dataset, problems: Problems) -> None:
    english_models = {model.english_id: model for model in dataset.models.values()}
    records: dict[tuple[str, str], Mapping[str, Any]] = {
        ("plan", "vi"): dataset.plans,
        ("plan", "en"): dataset.plans,
        ("model", "vi"): dataset.models,
        ("model", "en"): english_models,
    }
    for (kind, name, lang), narrative in dataset.narratives.items():
        allowed = records[kind, lang]
        may_be = dataset.unread.may_be_english if (kind, lang) == ("model", "en") else dataset.unread.may_be
        if name not in allowed and not may_be(kind, name):
            near = near_name(name, allowed)
            problems.add(
                narrative.path, (1, 1), "narrative-orphan", near=near, what=_NAMES[kind], what_en=kind, found=name
            )
        if narrative.meta.record != kind:
            position = narrative.source.position(["record"])
            problems.add(narrative.path, position, "value-unknown", found=narrative.meta.record, allowed=kind)


def _check_news(dataset: Dataset, problems: Problems) -> None:
    known = {"unit": dataset.units, "model": dataset.models, "topic": dataset.topics}
    check_news(dataset.news, known, dataset.unread, problems)


def _check_praise(dataset: Dataset, problems: Problems, today: date | None) -> None:
    for item in dataset.praise.values():
        check = _Checker(dataset.sources[item.path], problems, dataset.unread)
        check.refer("unit", item.record.unit, dataset.units, ["unit"])
        check.refer("model", item.record.model, dataset.models, ["model"])
    check_praise(dataset.praise, dataset.sources, dataset.signs, problems, today)


def _check_materials(dataset: Dataset, problems: Problems) -> None:
    source = dataset.sources.get("data/materials.yml")
    if source is None:
        return
    check = _Checker(source, problems, dataset.unread)
    for material in dataset.materials.values():
        check.refer_all("group", material.groups, dataset.groups, [source.index_of(material.id), "groups"])


def _check_banners(dataset: Dataset, problems: Problems) -> None:
    source = dataset.sources.get("data/banners.yml")
    if source is None:
        return
    check = _Checker(source, problems, dataset.unread)
    for banner in dataset.banners.values():
        check.refer("unit", banner.unit, dataset.units, [source.index_of(banner.id), "unit"])


def _check_hosts(dataset: Dataset, problems: Problems) -> None:
    """Where readers are sent to is an official host; sources may be anywhere."""
    official = dataset.official_hosts()
    if official is None:
        return
    for path, source in dataset.sources.items():
        if not path.startswith(
            ("data/plans/", "data/units/", "data/campaign.yml", "data/materials.yml", "data/banners.yml")
        ):
            continue
        if official.issuperset(map(host_of, dataset.signs_of(source).addresses)):
            continue
        check = _Checker(source, problems, dataset.unread)
        for loc, text in texts_below(source.value, {"sources", "source"}):
            if text.startswith("https://") and host_of(text) not in official:
                check.add(loc, "host-unofficial", found=text)


def host_of(url: str) -> str:
    """Gives the host that a browser would go to, in lower case; empty for what is no address at all."""
    try:
        return urlsplit(url.replace("\\", "/")).hostname or ""
    except ValueError:
        return ""
