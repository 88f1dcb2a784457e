"""Owns how progress is said: every figure, level, state and sentence about a target, once for all pages and pictures.

A figure is always :attr:`Point.shown` written by :func:`value_text`, wherever it is printed. Facts come from
``derive/``; nothing is computed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal

from generators.derive.progress import Pace, Point, ProgressState, TargetProgress, rounded
from generators.derive.punctuality import DueReport
from generators.derive.rollup import RollUp
from generators.problems import Language
from generators.schema.campaign import Thresholds
from generators.schema.plan import Plan, Target
from generators.schema.progress import ProgressReport
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.agenda import capital, join, period_words, unit_name
from generators.text import format_date, format_number, format_percent, vietnamese_key
from generators.wording import Levelled, level_words, value_words

# A state of progress as it is shown: a target that lacks only its last figure is told apart from one without any.
ShownState = ProgressState | Literal["final_missing"]

# The order in which states are named: what is reached, what runs, what needs help, what is not known.
STATES: tuple[ShownState, ...] = (
    "achieved", "on_track", "at_risk", "behind", "going_back", "overdue", "no_deadline", "words_only",
    "final_missing", "no_data",
)  # fmt: skip

_MOST_NAMES = 12


def value_text(site: Site, target: Levelled, value: Decimal | None, lang: Language) -> str:
    """Gives a figure of a target as it is printed everywhere: ``91,11%``, ``430 người``, or that there is none."""
    return value_words(site.dataset.phrases, target, value, lang)


def level_text(site: Site, target: Levelled, lang: Language) -> str:
    """Gives the level that must be reached, or that the plan uses words only."""
    return level_words(site.dataset.phrases, target, lang)


def target_name(site: Site, progress: TargetProgress, lang: Language) -> str:
    """Gives a target's short name: its indicator, its year, and whom it counts where that is not the whole group.

    Targets of a plan that would share a name are numbered in the plan's order.
    """
    target = progress.target
    name = progress.indicator.short.get(lang)
    if target.group != progress.indicator.group:
        name = f"{name} ({site.dataset.groups[target.group].name.get(lang)})"
    name = f"{name}, {target.year}" if target.year else name
    namesakes = [one.id for one in progress.plan.targets if _names_alike(one, target)]
    return f"{name} ({namesakes.index(target.id) + 1})" if len(namesakes) > 1 else name


def _names_alike(one: Target, other: Target) -> bool:
    return (one.indicator, one.group, one.year) == (other.indicator, other.group, other.year)


def counts_text(site: Site, reached: int | None, of: int | None, lang: Language) -> str:
    """Gives the counts behind a figure, ``41 trên 45``, or the empty string where there are none."""
    if reached is None:
        return ""
    shown = format_number(reached, lang)
    return site.phrase("progress-of", lang, reached=shown, of=format_number(of, lang)) if of else shown


def report_source(report: ProgressReport, lang: Language) -> str:
    """Gives the document that a figure stands in, with its date."""
    return f"{report.source.document}, {format_date(report.source.date, lang)}"


def latest_sentence(site: Site, progress: TargetProgress, lang: Language) -> str:
    """Gives what is known of a target in one or two sentences: figure, counts, period, state; then the trend."""
    point = progress.latest
    if point is None:
        return site.phrase("ui-no-data", lang)
    value = value_text(site, progress.target, point.shown, lang)
    reading = point.reading
    counted = counts_text(site, reading.reached, reading.of, lang) if reading.of else ""
    sentence = site.phrase(
        "progress-latest-counts" if counted else "progress-latest",
        lang,
        value=value,
        counted=counted,
        period=period_words(site, point.period, lang),
        state=site.phrase(f"reading-{point.reading.state}", lang).lower(),
    )
    parts = (sentence, trend_sentence(site, progress, lang), _unfinished(site, progress, lang))
    return " ".join(part for part in parts if part)


def _unfinished(site: Site, progress: TargetProgress, lang: Language) -> str:
    """That the year has ended without its last figure, so that nobody knows how it ended."""
    return site.phrase("progress-final-missing", lang, year=progress.target.year) if progress.final_missing else ""


def trend_sentence(site: Site, progress: TargetProgress, lang: Language) -> str:
    """Gives the change since the last figure but one, or the empty string where there are not two figures."""
    trend = progress.trend
    if trend is None:
        return ""
    since = period_words(site, trend.since, lang)
    is_count = progress.target.at_least is not None and progress.target.at_least.kind == "count"
    if is_count:
        change = value_text(site, progress.target, abs(trend.change), lang)
    else:
        change = site.phrase("progress-points", lang, change=format_number(abs(trend.change), lang))
    return site.phrase(f"progress-trend-{trend.direction}", lang, change=change, since=since)


def plans_of(site: Site, unit: Unit) -> tuple[Plan, ...]:
    """Gives a unit's plans, those in force before historical ones."""
    own = site.derived.plans_of_unit[unit.id]
    return tuple(sorted(own, key=lambda plan: (plan.status == "historical", plan.id)))


def unit_targets(site: Site, unit: Unit) -> tuple[TargetProgress, ...]:
    """Gives the progress of all targets of all plans of a unit."""
    return tuple(one for plan in plans_of(site, unit) for one in site.derived.progress[plan.id])


def reporting_units(site: Site) -> tuple[tuple[Unit, bool], ...]:
    """Gives the real units that have a plan in force, by name, each with whether a figure of it is published here."""
    plans = [plan for plan in site.dataset.plans.values() if plan.status == "in_force"]
    units = {plan.unit: site.dataset.units[plan.unit] for plan in plans if not site.dataset.is_sample(plan)}
    return tuple((unit, unit.id in site.derived.heard) for unit in by_name(units.values()))


def by_name(units: Iterable[Unit]) -> list[Unit]:
    """Gives units in the order of their Vietnamese names, which ranks nobody."""
    return sorted(units, key=lambda unit: vietnamese_key(unit.called.vi))


def index_headline(site: Site, lang: Language) -> str:
    """Gives who has reported, in one sentence; that nobody has is said in words, as it is no figure."""
    reported = sum(len(place.reported) for place in site.derived.places)
    planning = sum(len(place.planning) for place in site.derived.places)
    key = "progress-index-headline" if reported else "progress-index-nobody"
    return site.phrase(key, lang, count=reported, total=planning)


def headline(site: Site, unit: Unit, targets: Sequence[TargetProgress], lang: Language) -> str:
    """Gives where a unit stands in one sentence made of its targets' states."""
    name = unit_name(site, unit.id, lang)
    if not targets:
        return site.phrase("progress-headline-no-plan", lang, name=name)
    if all(one.latest is None for one in targets):
        return site.phrase("progress-headline-none", lang, name=name, count=len(targets))
    found = Counter(shown_state(one) for one in targets)
    reached = found.pop("achieved", 0)
    rest = [
        site.phrase("progress-count-state", lang, count=found[state], state=state_word(site, state, lang).lower())
        for state in STATES
        if state in found
    ]
    if not rest:
        return site.phrase("progress-headline-all", lang, name=name, count=len(targets))
    key = "progress-headline" if reached else "progress-headline-open"
    return site.phrase(key, lang, name=name, reached=reached, count=len(targets), rest=join(site, rest, lang))


def share_sentence(site: Site, targets: Sequence[TargetProgress], lang: Language) -> str:
    """Gives where a unit stands in a few words, for its share image: targets met, targets with a figure."""
    reached = sum(one.state == "achieved" for one in targets)
    known = sum(one.latest is not None for one in targets)
    key = "share-unit-sentence" if reached else "share-unit-sentence-open"
    return site.phrase(key, lang, reached=reached, count=len(targets), known=known)


def shown_state(progress: TargetProgress) -> ShownState:
    """Gives the state under which a target is shown."""
    return "final_missing" if progress.final_missing else progress.state


def state_word(site: Site, state: ShownState, lang: Language) -> str:
    """Gives the word for a state of progress."""
    return site.phrase(f"progress-state-{state}", lang)


def next_due_sentence(site: Site, due: Sequence[DueReport], plan: Plan, lang: Language) -> str:
    """Gives when the next report is due, or why there is no such day."""
    if plan.status == "historical":
        return site.phrase("progress-due-historical", lang)
    if not due:
        return site.phrase("progress-due-none", lang)
    first = due[0]
    period = period_words(site, first.period, lang)
    return site.phrase("progress-due-next", lang, period=period, day=format_date(first.due, lang))


def waiting_sentence(site: Site, progress: TargetProgress, due: Sequence[DueReport], lang: Language) -> str:
    """Gives what will stand beside a target without a figure, and after which report."""
    if progress.plan.status == "historical":
        return site.phrase("progress-waiting-historical", lang)
    if progress.target.at_least is None:
        return site.phrase("progress-waiting-words", lang)
    if not due:
        return site.phrase("progress-waiting", lang)
    period, day = period_words(site, due[0].period, lang), format_date(due[0].due, lang)
    return site.phrase("progress-waiting-until", lang, period=period, day=day)


def rollup_sentence(site: Site, rollup: RollUp, lang: Language) -> str:
    """Gives what units say together: how many reported, the sum of counts, and who is missing."""
    total = len(rollup.expected)
    if not total:
        return site.phrase("rollup-no-target", lang)
    if not rollup.reporters:
        parts = [site.phrase("rollup-nobody", lang, total=total)]
    else:
        parts = [site.phrase("rollup-reported", lang, count=len(rollup.reporters), total=total)]
    if rollup.percent is not None and rollup.reached is not None and rollup.of is not None:
        values = {
            "percent": rollup_text(rollup, lang),
            "reached": format_number(rollup.reached, lang),
            "of": format_number(rollup.of, lang),
        }
        parts.append(site.phrase("rollup-sum", lang, counted=rollup.counted, **values))
    for key, units in (
        ("rollup-no-counts", [one.unit for one in rollup.without_counts]),
        ("rollup-missing", rollup.missing),
        ("rollup-withheld", rollup.withheld),
    ):
        if units:
            parts.append(site.phrase(key, lang, names=named_units(site, units, lang)))
    return " ".join(parts)


def rollup_text(rollup: RollUp, lang: Language) -> str:
    """Gives the percentage of a roll-up as it is printed everywhere, or the empty string where nothing was counted."""
    return "" if rollup.percent is None else format_percent(rounded(rollup.percent), lang)


def named_units(site: Site, units: Sequence[Unit], lang: Language) -> str:
    """Gives units by name; of a crowd the first few and how many more, as the table beside the sentence names all."""
    named = units if len(units) <= _MOST_NAMES else units[: _MOST_NAMES - 2]
    names = [unit_name(site, unit.id, lang) for unit in named]
    if len(named) < len(units):
        names.append(site.phrase("rollup-others", lang, count=format_number(len(units) - len(named), lang)))
    return join(site, names, lang)


def pace_facts(site: Site, progress: TargetProgress, lang: Language) -> list[dict[str, Any]]:
    """Gives the steps of the calculation in the order in which one works them out; figure and level stand above it."""
    pace = progress.pace
    if pace is None:
        return []

    def fact(key: str, text: str) -> dict[str, Any]:
        return {"label": site.phrase(f"pace-{key}", lang), "value": text}

    return [
        fact("base", _base_text(site, progress, pace, lang)),
        fact("way", _way_text(site, pace, lang)),
        fact("dates", _dates_text(site, pace, lang)),
        fact("time", _time_text(site, pace, lang)),
        fact("ratio", _ratio_text(site, pace, lang)),
        fact("rule", rule_sentence(site, shown_state(progress), site.dataset.campaign.thresholds, lang)),
    ]


def _base_text(site: Site, progress: TargetProgress, pace: Pace, lang: Language) -> str:
    base = value_text(site, progress.target, pace.base, lang)
    if not pace.base_is_given or progress.target.baseline is None:
        return site.phrase("pace-base-none", lang, base=base)
    return f"{base} ({progress.target.baseline.source.get(lang)})"


def _way_text(site: Site, pace: Pace, lang: Language) -> str:
    if pace.way is None:
        return site.phrase("pace-no-way", lang)
    value, base, goal = (format_number(number, lang) for number in (pace.value, pace.base, pace.goal))
    return f"({value} − {base}) ÷ ({goal} − {base}) = {_share_text(pace.way, lang)}"


def _dates_text(site: Site, pace: Pace, lang: Language) -> str:
    start, as_of, due = (format_date(day, lang) for day in (pace.start, pace.as_of, pace.due))
    reason = site.phrase(f"pace-from-{pace.start_from}", lang)
    return site.phrase("pace-span", lang, start=start, reason=reason, as_of=as_of, due=due)


def _time_text(site: Site, pace: Pace, lang: Language) -> str:
    if pace.time is None:
        return site.phrase("pace-no-time", lang)
    passed, given = format_number(pace.days_passed, lang), format_number(pace.days_given, lang)
    return f"{site.phrase('pace-days', lang, passed=passed, given=given)} = {_share_text(pace.time, lang)}"


def _ratio_text(site: Site, pace: Pace, lang: Language) -> str:
    if pace.ratio is None or pace.way is None or pace.time is None:
        return site.phrase("pace-no-ratio", lang)
    ratio = _signed(pace.ratio, format_number(abs(pace.ratio), lang))
    return f"{_share_text(pace.way, lang)} ÷ {_share_text(pace.time, lang)} = {ratio}"


def _share_text(share: Decimal, lang: Language) -> str:
    return _signed(share, format_percent(abs(share) * 100, lang, 2))


def _signed(value: Decimal, size: str) -> str:
    """Gives the words of a value's size with its sign, which is a minus and no hyphen."""
    return f"−{size}" if value < 0 else size


def rule_sentence(site: Site, state: ShownState, thresholds: Thresholds, lang: Language) -> str:
    """Gives the rule that leads to a state, with the cut-offs of ``data/campaign.yml``."""
    return site.phrase(
        f"progress-rule-{state}",
        lang,
        on_track=format_number(thresholds.on_track, lang, 2),
        at_risk=format_number(thresholds.at_risk, lang, 2),
        going_back=format_number(thresholds.going_back, lang),
    )


def correction_text(site: Site, point: Point, lang: Language) -> str:
    """Gives every correction of a published figure: what it was, when it was changed, and why."""
    sentences = []
    for correction in point.reading.corrections:
        counts = counts_text(site, correction.reached, correction.of, lang)
        percent = "" if correction.percent is None else format_percent(correction.percent, lang)
        shown = counts or percent
        day = format_date(correction.date, lang)
        reason = correction.reason.get(lang)
        sentences.append(site.phrase("progress-corrected", lang, before=shown, day=day, reason=reason))
    if point.reading.why_lower:
        sentences.append(point.reading.why_lower.get(lang))
    return " ".join(sentences)


def due_rule(site: Site, row: DueReport, lang: Language) -> str:
    """Gives how the last day of a duty was read, with a note where it falls on a weekend."""
    key = "due-rule-before" if row.duty.before else "due-rule-on"
    text = site.phrase(key, lang, day=format_date(row.due, lang))
    return f"{text} {site.phrase('due-weekend', lang)}" if row.on_weekend else text


def duty_name(site: Site, row: DueReport, lang: Language) -> str:
    """Gives what is due: the period, and who reports it."""
    period = capital(period_words(site, row.period, lang))
    return site.phrase("due-name", lang, period=period, who=row.duty.who.get(lang))
