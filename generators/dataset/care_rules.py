"""Owns the warnings about what may be published but wants care: old pages, no English, long summaries, bare figures.

None of them stops a build. The limits stand here and nowhere else; the editors' guide names them under “Lưu ý”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from generators.dataset.activities import activity_path
from generators.dataset.content import NARRATIVE_FOLDERS
from generators.dataset.files import name_of
from generators.dataset.reports import report_path
from generators.marks import Loc
from generators.problems import Problems
from generators.schema.activity import Activity
from generators.schema.outreach import OutreachModel
from generators.schema.plan import Plan
from generators.schema.scalars import Words
from generators.source import Source
from generators.text import format_date

if TYPE_CHECKING:
    from generators.dataset import Dataset

STALE_MONTHS = 12
"""A page that nobody has looked at for longer may tell of rules and addresses that are gone."""
LONGEST_SUMMARY = 200
"""Characters. Search engines, feed readers and share pictures cut what is longer."""
LONGEST_PLAN_SUMMARY = 400
"""Characters. A plan's summary is a paragraph on its page."""

# Names of things and of publications are the same in every language.
_NAMES = {"platform", "source", "sources"}
# Kinds of records by the list that holds them, and where an item of a list stands in its file.
_LISTED = {
    "facts": "data/facts.yml",
    "measures": "data/measures.yml",
    "groups": "data/groups.yml",
    "indicators": "data/indicators.yml",
    "provinces": "data/provinces.yml",
    "press": "data/press.yml",
    "topics": "data/topics.yml",
    "glossary": "data/glossary.yml",
    "materials": "data/materials.yml",
}
_UNITS = "data/units/"


def note_lack_of_care(dataset: Dataset, problems: Problems, today: date | None) -> None:
    """Adds the warnings about all but units; ``today`` decides what is stale, and without it nothing is."""
    if today is not None:
        _note_stale(dataset, problems, today)
    for kind, path in _LISTED.items():
        if source := dataset.sources.get(path):
            for record in getattr(dataset, kind).values():
                _note_untranslated(source, (source.index_of(record.id),), record, problems)
    for name, model in dataset.models.items():
        _note_untranslated(dataset.sources[f"data/models/{name}.yml"], (), model, problems)
    _note_narratives_alone(dataset, problems)
    _note_long_summaries(_summaries(dataset), problems)


def note_units_lack_of_care(dataset: Dataset, problems: Problems) -> None:
    """Adds the warnings about the units whose files are among the sources, their plans, reports, activities and praise.

    Nobody is asked for a report's English: units report in Vietnamese, and nobody at a unit could mend it.
    """
    units = {path: dataset.units.get(name_of(path)) for path in dataset.sources if path.startswith(_UNITS)}
    plans = {f"data/plans/{one.id}.yml": one for one in dataset.plans.values()}
    activities = {activity_path(one): one for one in dataset.activities.values()}
    praise = {item.path: item.record for item in dataset.praise.values()}
    for path, record in chain(units.items(), plans.items(), activities.items(), praise.items()):
        if record:
            _note_untranslated(dataset.sources[path], (), record, problems)
    _note_long_summaries(_both(plans, dataset, LONGEST_PLAN_SUMMARY), problems)
    _note_long_summaries(_both(activities, dataset), problems)
    _note_bare_figures(dataset, problems)


def _note_stale(dataset: Dataset, problems: Problems, today: date) -> None:
    years, month = divmod(today.year * 12 + today.month - 1 - STALE_MONTHS, 12)
    oldest = date(years, month + 1, min(today.day, 28))  # the 28th is in every month
    texts = [(page.source, page.meta.reviewed) for page in dataset.pages]
    texts += [(narrative.source, narrative.meta.reviewed) for narrative in dataset.narratives.values()]
    for source, reviewed in texts:
        if reviewed and reviewed < oldest:
            found = format_date(reviewed, "vi")
            problems.add(source.path, source.position(["reviewed"]), "page-stale", found=found, months=STALE_MONTHS)


def _note_untranslated(source: Source, at: tuple[str | int, ...], record: BaseModel, problems: Problems) -> None:
    """One warning a record, at the first text that has no English: an editor translates a file at a time."""
    places = list(_untranslated(record, at))
    if places:
        problems.add(source.path, source.position(places[0]), "english-incomplete", count=len(places))


def _untranslated(value: object, loc: tuple[str | int, ...]) -> Iterator[Loc]:
    if isinstance(value, Words):
        if value.en is None:
            yield loc
    elif isinstance(value, BaseModel):
        for name, key in _fields_with_words(type(value)):
            yield from _untranslated(getattr(value, name), (*loc, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _untranslated(inner, (*loc, index))


@cache
def _fields_with_words(record: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Gives the fields of a kind of record in which texts with English may stand, and their keys in a file."""
    return tuple(
        (name, field.alias or name)
        for name, field in record.model_fields.items()
        if name not in _NAMES and _may_hold_words(field.annotation)
    )


def _may_hold_words(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation is Words or bool(_fields_with_words(annotation))
    return any(_may_hold_words(part) for part in get_args(annotation))


def _note_narratives_alone(dataset: Dataset, problems: Problems) -> None:
    """Warns of a text about a plan or a model that only one language has."""
    folders = {(kind, lang): folder for folder, (kind, lang) in NARRATIVE_FOLDERS.items()}
    for (kind, name, lang), narrative in dataset.narratives.items():
        if lang == "en" or name not in (dataset.models if kind == "model" else dataset.plans):
            continue
        twin = dataset.models[name].english_id if kind == "model" else name
        is_there = (kind, twin, "en") in dataset.narratives
        if not is_there and f"{folders[kind, 'en']}/{twin}.md" not in dataset.unread.paths:
            problems.add(narrative.path, (1, 1), "english-missing")


def _summaries(dataset: Dataset) -> Iterator[tuple[Source, Loc, str, int]]:
    """Gives every short text of pages, news and models that stands beside a link, and how long it may be."""
    for page in dataset.pages:
        yield page.source, ["description"], page.meta.description, LONGEST_SUMMARY
    for item in dataset.news:
        yield item.source, ["summary"], item.meta.summary, LONGEST_SUMMARY
        if item.english:
            yield item.english.source, ["summary"], item.english.meta.summary, LONGEST_SUMMARY
    yield from _both({f"data/models/{one.id}.yml": one for one in dataset.models.values()}, dataset)


def _both(
    found: Mapping[str, Plan | OutreachModel | Activity], dataset: Dataset, limit: int = LONGEST_SUMMARY
) -> Iterator[tuple[Source, Loc, str, int]]:
    for path, record in found.items():
        source = dataset.sources[path]
        yield source, ["summary", "vi"], record.summary.vi, limit
        yield source, ["summary", "en"], record.summary.en or "", limit


def _note_long_summaries(summaries: Iterable[tuple[Source, Loc, str, int]], problems: Problems) -> None:
    for source, loc, text, limit in summaries:
        if len(text) > limit:
            problems.add(source.path, source.position(loc), "summary-long", length=len(text), limit=limit)


def _note_bare_figures(dataset: Dataset, problems: Problems) -> None:
    """Warns of a reported figure without evidence. A sample's figures are invented, so there can be none."""
    for report in dataset.reports:
        unit = dataset.units.get(report.unit)
        source = dataset.sources[report_path(report)]
        for index, reading in enumerate(report.readings):
            if reading.has_figure and not reading.evidence and not (unit and unit.sample):
                position = source.position(["readings", index, "target"], of_key=True)
                problems.add(source.path, position, "reading-no-evidence", found=reading.target)
