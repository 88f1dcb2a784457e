"""Owns what a unit's report for one period says, made from the Site's facts: the letter and the table behind it.

The order of the parts is that of Nghị định 30/2020/NĐ-CP, Phụ lục I; the table is Phụ lục II of the plan of Văn phòng
UBND tỉnh Đồng Tháp (``report_rows``). The report is a draft for its officer: number, place, day and signature stay
blank, and what nobody has reported says so. Always in Vietnamese. How a format is written belongs to ``render/``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from generators.derive.period_standing import PeriodStanding, TargetStanding, derive_period
from generators.problems import Language
from generators.render.official_paper import Annex, OfficialPaper, Part, harmless
from generators.render.tables import Table
from generators.schema.plan import Plan
from generators.schema.progress import ReportingPeriod
from generators.schema.scalars import Words
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.agenda import join, period_words
from generators.telling.progress_figures import contributions_table
from generators.telling.progress_words import by_name, latest_sentence, named_units, rollup_sentence, target_name
from generators.telling.report_rows import TASK_WORDS, ReportRow, report_columns, report_rows
from generators.text import document_date, fold, format_date, format_number

LANG: Language = "vi"
_COMMITTEE = "Ủy ban nhân dân "
_COMMITTEE_FOLDED = ("uy ban nhan dan ", "ubnd ")
_OWN_COMMITTEE = frozenset({"province", "district", "commune", "sample"})
_Told = Literal["difficulties", "proposals"]
_NUMERALS = ("I", "II", "III")
# Shares of the width of a landscape page, in the order of the nine columns.
_WIDTHS = (5, 18, 9, 10, 14, 18, 9, 9, 8)
_UNIT_WIDTHS = (14, 15, 10, 12, 9, 10, 10, 12, 8)


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A unit's report for one period: what is known (``standing``), the nine columns, their rows, the whole paper."""

    standing: PeriodStanding
    columns: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    paper: OfficialPaper

    @property
    def file_name(self) -> str:
        """The name of the report's file, without its ending: ``bao-cao-xa-mau-2026-q3``."""
        return f"bao-cao-{self.standing.unit.id}-{self.standing.period.id}"


def report_document(site: Site, unit: Unit, plan: Plan | None, period: ReportingPeriod) -> ReportDocument:
    """Gives the report of a unit about one of its plans; without a plan it only gathers what the units below say."""
    standing = derive_period(site.dataset, unit, plan, period, site.today)
    columns, rows = report_columns(site, standing), report_rows(site, standing)
    paper = _paper(site, standing, columns, rows)
    return ReportDocument(standing, harmless(columns), tuple(harmless(row) for row in rows), harmless(paper))


def _paper(
    site: Site, standing: PeriodStanding, columns: tuple[str, ...], rows: tuple[ReportRow, ...]
) -> OfficialPaper:
    unit, period = standing.unit, period_words(site, standing.period, LANG)
    superior, agency = _agency(site, unit)
    own_committee = unit.level in _OWN_COMMITTEE
    abstract = site.phrase("report-abstract", LANG, period=period)
    report = standing.report
    return OfficialPaper(
        lang=LANG,
        name=site.phrase("report-name", LANG, abstract=abstract, unit=_unit_name(unit)),
        day=report.reported_on if report else standing.period.end,
        country=site.phrase("report-country", LANG),
        motto=site.phrase("report-motto", LANG),
        superior=superior,
        agency=agency,
        number=site.phrase("report-number-committee" if own_committee else "report-number", LANG),
        place=site.phrase("report-place", LANG),
        kind=site.phrase("report-kind", LANG),
        abstract=abstract,
        opening=(_opening(site, standing, period),),
        parts=tuple(_parts(site, standing, rows)),
        closing=site.phrase("report-closing", LANG, unit=_unit_name(unit)),
        recipients_title=site.phrase("report-recipients", LANG),
        recipients=tuple(_recipients(site, unit)),
        signature=(site.phrase("report-signature-post", LANG), site.phrase("report-signature", LANG)),
        annexes=tuple(_annexes(site, standing, columns, rows)),
        mark=site.phrase("ui-sample", LANG) if unit.sample else "",
    )


def _agency(site: Site, unit: Unit) -> tuple[str, tuple[str, ...]]:
    """Gives the body above and the lines of the body that reports, in capitals.

    A people's committee stands alone, over the name of its place (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.2); an office
    or a department stands below the committee of its province.
    """
    if unit.level in _OWN_COMMITTEE:
        place, _, _ = _place(unit)[1].partition(",")
        return "", (_COMMITTEE.strip().upper(), place.upper())
    above = _above(site, unit)
    return _unit_name(above).upper() if above else "", (unit.name.vi.upper(),)


def _place(unit: Unit) -> tuple[bool, str]:
    """Whether a unit's name begins with its people's committee, and the rest: the place that the committee is of."""
    name = unit.name.vi
    prefix = next((one for one in _COMMITTEE_FOLDED if fold(name).startswith(one)), "")
    return bool(prefix), name[len(prefix) :]  # folding a composed text leaves its length


def _unit_name(unit: Unit) -> str:
    """The body that reports, as it stands in a sentence; of a place that is its people's committee."""
    if unit.level not in _OWN_COMMITTEE:
        return unit.name.vi
    named, place = _place(unit)
    # What a place is (tỉnh, xã) has a small letter in a sentence; a name that was written as one stays as it is.
    return f"{_COMMITTEE}{place if named else place[:1].lower() + place[1:]}"


def _above(site: Site, unit: Unit) -> Unit | None:
    """The unit right above: the one named as parent, else that of the province."""
    if unit.parent:
        return site.dataset.units[unit.parent]
    provinces = (one for one in site.dataset.units.values() if one.level == "province" and one.id != unit.id)
    return next((one for one in provinces if one.province == unit.province), None) if unit.province else None


def _opening(site: Site, standing: PeriodStanding, period: str) -> str:
    unit = _unit_name(standing.unit)
    if standing.plan is None:
        return site.phrase("report-opening-below", LANG, unit=unit, period=period)
    return site.phrase("report-opening", LANG, plan=_plan_words(site, standing.plan), unit=unit, period=period)


def _plan_words(site: Site, plan: Plan) -> str:
    """The plan by its title, with its number and day as far as its document has them."""
    document = plan.document
    parts = [plan.title.vi]
    if document.number:
        parts.append(site.phrase("document-number", LANG, number=document.number))
    if document.date:
        exact = document.date.exact
        parts.append(document_date(exact) if exact else format_date(document.date, LANG))
    return " ".join(parts)


def _parts(site: Site, standing: PeriodStanding, rows: Sequence[ReportRow]) -> Iterator[Part]:
    yield Part(_heading(site, 0, "results"), tuple(_summary(site, standing)), tuple(_findings(site, standing)))
    yield _told(site, standing, _heading(site, 1, "difficulties"), rows, "difficulties")
    yield _told(site, standing, _heading(site, 2, "proposals"), rows, "proposals")


def _heading(site: Site, place: int, key: str) -> str:
    return f"{_NUMERALS[place]}. {site.phrase(f'report-part-{key}', LANG)}"


def _summary(site: Site, standing: PeriodStanding) -> Iterator[str]:
    """The paragraph that tells the whole in a few sentences, after what the unit itself says of the period."""
    if standing.report and standing.report.summary:
        yield from _paragraphs(standing.report.summary)
    told = (_target_sentences, _task_sentences, _below_sentences)
    yield " ".join(sentence for sentences in told for sentence in sentences(site, standing))


def _target_sentences(site: Site, standing: PeriodStanding) -> Iterator[str]:
    targets = standing.targets
    if not targets:
        return
    known = [one for one in targets if one.has_figure]
    reached = sum(one.progress.state == "achieved" for one in known)
    if not known:
        yield site.phrase("report-targets-none", LANG, count=len(targets))
        return
    key = "report-targets" if reached else "report-targets-open"
    yield site.phrase(key, LANG, count=len(targets), known=len(known), reached=reached)
    for key, chosen in _silent_targets(targets).items():
        if chosen:
            names = [target_name(site, one.progress, LANG) for one in chosen]
            yield site.phrase(f"report-targets-{key}", LANG, names="; ".join(names))


def _silent_targets(targets: Sequence[TargetStanding]) -> dict[str, list[TargetStanding]]:
    """The targets without a figure, by why there is none."""
    silent: dict[str, list[TargetStanding]] = {"not_reported": [], "not_applicable": [], "withheld": []}
    for one in targets:
        if not one.has_figure:
            state = one.point.reading.state if one.point else "not_reported"
            silent[state if state in silent else "not_reported"].append(one)
    return silent


def _task_sentences(site: Site, standing: PeriodStanding) -> Iterator[str]:
    if not standing.tasks:
        return
    reports = [said for said in map(standing.said, standing.tasks) if said]
    if not reports:
        yield site.phrase("report-tasks-none", LANG, count=len(standing.tasks))
        return
    found = Counter(TASK_WORDS[said.status] for said in reports)
    words = [(found[state], site.phrase(f"task-state-{state}", LANG).lower()) for state in ("done", "doing", "todo")]
    told = [site.phrase("progress-count-state", LANG, count=count, state=word) for count, word in words if count]
    values = {"count": len(standing.tasks), "reported": len(reports), "told": join(site, told, LANG)}
    yield site.phrase("report-tasks", LANG, **values)


def _below_sentences(site: Site, standing: PeriodStanding) -> Iterator[str]:
    if not standing.rollups:
        return
    expected = {unit.id: unit for rollup in standing.rollups for unit in rollup.expected}
    heard = {one.unit.id for rollup in standing.rollups for one in rollup.reporters}
    values = {"count": format_number(len(heard), LANG), "total": format_number(len(expected), LANG)}
    yield site.phrase("report-below" if heard else "report-below-none", LANG, **values)
    missing = [unit for name, unit in expected.items() if name not in heard]
    if missing:
        yield site.phrase("rollup-missing", LANG, names=named_units(site, by_name(missing), LANG))


def _findings(site: Site, standing: PeriodStanding) -> Iterator[str]:
    """Each figure of the period, and what the units below say together under each indicator."""
    for one in standing.targets:
        if one.has_figure:
            name = target_name(site, one.progress, LANG)
            yield f"{name}: {latest_sentence(site, one.progress, LANG)}"
    for rollup in standing.rollups:
        if rollup.reporters:
            yield f"{rollup.indicator.short.vi}: {rollup_sentence(site, rollup, LANG)}"


def _told(
    site: Site, standing: PeriodStanding, heading: str, rows: Sequence[ReportRow], column: _Told
) -> Part:
    """What the unit says of the whole, then what it says of single rows, by their numbers."""
    said: Words | None = getattr(standing.report, column) if standing.report else None
    single = [(row, getattr(row, column)) for row in rows]
    annex = _annex_label(site, standing)
    items = tuple(
        site.phrase("report-row", LANG, number=row.number, annex=annex, text=" ".join(text.split()))
        for row, text in single
        if text
    )
    if said is None and not items:
        return Part(heading, (site.phrase(f"report-no-{column}", LANG),))
    return Part(heading, tuple(_paragraphs(said)) if said else (), items)


def _paragraphs(words: Words) -> Iterator[str]:
    """What people wrote on several lines becomes as many paragraphs."""
    yield from (line.strip() for line in words.vi.splitlines() if line.strip())


def _recipients(site: Site, unit: Unit) -> Iterator[str]:
    above = _above(site, unit)
    yield site.phrase("report-recipient-above", LANG, name=_unit_name(above) if above else "…")
    yield site.phrase("report-recipient-file", LANG)


def _annexes(
    site: Site, standing: PeriodStanding, columns: tuple[str, ...], rows: tuple[ReportRow, ...]
) -> Iterator[Annex]:
    period = site.phrase("report-period", LANG, period=period_words(site, standing.period, LANG))
    attached = site.phrase("report-attached", LANG, unit=_unit_name(standing.unit))
    title = site.phrase("report-annex-title", LANG)
    cells = tuple(row.cells for row in rows)
    groups = frozenset(place for place, row in enumerate(rows) if row.kind == "group")
    yield Annex(_annex_label(site, standing), title, (period, attached), Table(title, columns, cells), _WIDTHS, groups)
    if standing.rollups:
        label = site.phrase("report-annex", LANG, number=f" {_NUMERALS[1]}")
        yield _units_annex(site, standing, label, (period, attached))


def _annex_label(site: Site, standing: PeriodStanding) -> str:
    """The name of the table of nine columns, which has a number only where another annex follows."""
    return site.phrase("report-annex", LANG, number=f" {_NUMERALS[0]}" if standing.rollups else "")


def _units_annex(site: Site, standing: PeriodStanding, label: str, notes: tuple[str, ...]) -> Annex:
    """Every unit below under every indicator, those without a figure too: the sentences name only the first of many."""
    tables = [(rollup.indicator.short.vi, contributions_table(site, rollup, LANG)) for rollup in standing.rollups]
    columns = (site.phrase("col-indicator", LANG), *tables[0][1].columns)
    rows = tuple((name, *row) for name, table in tables for row in table.rows)
    title = site.phrase("report-units-title", LANG)
    return Annex(label, title, notes, Table(title, columns, rows), _UNIT_WIDTHS)
