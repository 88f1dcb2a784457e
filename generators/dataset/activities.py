"""Owns the rules that bind activities and slogans to other files: units, groups, models, hosts, quoted plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from generators.dataset import Dataset
from generators.dataset.unread import Unread
from generators.marks import Loc
from generators.problems import Problems, near_name
from generators.schema.activity import Activity, Slogan
from generators.schema.plan import Plan
from generators.source import Source
from generators.text import fold

_NAMES = {"unit": "đơn vị", "group": "nhóm người", "model": "mô hình", "plan": "kế hoạch"}


def check_activities(dataset: Dataset, problems: Problems) -> None:
    """Adds every problem of an activity that shows only beside other files."""
    for activity in dataset.activities.values():
        source = dataset.sources[activity_path(activity)]
        unread = dataset.unread
        _refer(source, problems, "unit", dataset.units, unread, ((["unit"], activity.unit),))
        _refer(source, problems, "group", dataset.groups, unread, _numbered("groups", activity.groups))
        _refer(source, problems, "model", dataset.models, unread, _numbered("models", activity.models))
        _check_unit_stands(dataset, activity, source, problems)
        _check_online(dataset, activity, source, problems)


def activity_path(activity: Activity) -> str:
    """Gives the path of an activity's file."""
    return f"data/activities/{activity.id}.yml"


def quoted_phrases(plan: Plan) -> Iterator[str]:
    """Gives every phrase that a plan's record keeps word for word."""
    yield from (quotation.quote for quotation in (*plan.mottos, *plan.phrases))
    yield from (commitment.motto.quote for commitment in plan.models if commitment.motto)


def _numbered(key: str, names: tuple[str, ...]) -> Iterator[tuple[Loc, str]]:
    return (([key, index], name) for index, name in enumerate(names))


def _refer(
    source: Source,
    problems: Problems,
    what: str,
    allowed: Mapping[str, Any],
    unread: Unread,
    found: Iterable[tuple[Loc, str]],
) -> None:
    for loc, name in found:
        if name not in allowed and not unread.may_be(what, name):
            near = near_name(name, allowed)
            position = source.position(loc)
            problems.add(
                source.path, position, "reference-unknown", near=near, what=_NAMES[what], what_en=what, found=name
            )


def _check_unit_stands(dataset: Dataset, activity: Activity, source: Source, problems: Problems) -> None:
    """A unit that has ended holds nothing after its end; its successors do."""
    unit = dataset.units.get(activity.unit)
    if unit is None or unit.abolished_on is None:
        return
    last = activity.repeats.until if activity.repeats else activity.starts.day
    if last is None or last >= unit.abolished_on:
        problems.add(source.path, source.position(["unit"]), "activity-unit-ended", found=unit.id)


def _check_online(dataset: Dataset, activity: Activity, source: Source, problems: Problems) -> None:
    official = dataset.official_hosts()
    if activity.online and official is not None and urlsplit(activity.online.url).hostname not in official:
        position = source.position(["online", "url"])
        problems.add(source.path, position, "host-unofficial", found=activity.online.url)


def check_slogans(dataset: Dataset, problems: Problems) -> None:
    """Adds a problem for each slogan whose plan is not there, or does not quote it."""
    source = dataset.sources.get("data/slogans.yml")
    if source is None:
        return
    for slogan in dataset.slogans.values():
        if slogan.plan is None:
            continue
        index = source.index_of(slogan.id)
        _refer(source, problems, "plan", dataset.plans, dataset.unread, (([index, "plan"], slogan.plan),))
        plan = dataset.plans.get(slogan.plan)
        if plan and not _is_quoted(slogan, plan):
            position = source.position([index, "text"])
            problems.add(source.path, position, "slogan-not-quoted", found=slogan.text, plan=plan.id)


def _is_quoted(slogan: Slogan, plan: Plan) -> bool:
    """The words count, not capitals or the place of a tone mark: plans write both hòa and hoà."""
    return any(fold(slogan.text) in fold(phrase) for phrase in quoted_phrases(plan))
