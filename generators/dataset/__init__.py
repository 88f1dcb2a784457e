"""Owns all input files together: from a project folder to one frozen :class:`Dataset`, or every problem in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generators.dataset.content import ContentPage, Narrative, load_narratives, load_pages
from generators.dataset.files import PAGE_ENDINGS, Files, check_files
from generators.dataset.glossary import load_glossary
from generators.dataset.kept import Kept
from generators.dataset.loading import Loader
from generators.dataset.news import NewsItem, load_news
from generators.dataset.phrases import load_phrases
from generators.dataset.praise import PraiseItem, load_praise
from generators.dataset.reports import load_reports
from generators.dataset.signs import Signs, signs_of
from generators.dataset.unread import Unread
from generators.problems import ContentError, Language, Problems
from generators.schema.abbreviation import Abbreviation
from generators.schema.accessibility import AccessibilityResults, AccessibilityStatement
from generators.schema.activity import Activity, Slogan
from generators.schema.banner import BannerLink
from generators.schema.campaign import Campaign, Fact
from generators.schema.glossary import Spoken, Term
from generators.schema.link_exception import LinkException
from generators.schema.material import Material
from generators.schema.measurement import Group, Indicator, Measure
from generators.schema.moved import MovedAddress
from generators.schema.news import Topic
from generators.schema.outreach import OutreachModel
from generators.schema.plan import Plan
from generators.schema.press import PressFigure
from generators.schema.progress import ProgressReport
from generators.schema.unit import Province, Unit
from generators.source import Source
from generators.text import Phrases

LANGUAGES: tuple[Language, ...] = ("vi", "en")
DATA_ENDINGS = frozenset({".yml", ".yaml"})


@dataclass(frozen=True)
class Dataset:
    """Everything that people wrote, read and valid one file at a time. Records are keyed by id.

    Where files were wrong, their records are in ``unread`` and nowhere else, and the settings (``campaign`` and the
    like) lack their wrong fields: such a dataset serves to check the rest, never to publish from. ``sources`` and
    ``digests`` are by path: what was read, and the :func:`~generators.dataset.kept.digest_of` the bytes.
    """

    campaign: Campaign
    phrases: Phrases
    facts: Mapping[str, Fact]
    measures: Mapping[str, Measure]
    groups: Mapping[str, Group]
    indicators: Mapping[str, Indicator]
    provinces: Mapping[str, Province]
    units: Mapping[str, Unit]
    plans: Mapping[str, Plan]
    models: Mapping[str, OutreachModel]
    reports: tuple[ProgressReport, ...]
    press: Mapping[str, PressFigure]
    activities: Mapping[str, Activity]
    slogans: Mapping[str, Slogan]
    topics: Mapping[str, Topic]
    abbreviations: Mapping[str, Abbreviation]
    glossary: Mapping[str, Term]
    spoken: Spoken
    accessibility: AccessibilityStatement
    accessibility_results: AccessibilityResults
    materials: Mapping[str, Material]
    banners: Mapping[str, BannerLink]
    moved: Mapping[str, MovedAddress]
    link_exceptions: Mapping[str, LinkException]
    praise: Mapping[str, PraiseItem]
    news: tuple[NewsItem, ...]
    narratives: Mapping[tuple[str, str, Language], Narrative]
    pages: tuple[ContentPage, ...]
    sources: Mapping[str, Source]
    signs: Mapping[Source, Signs]
    digests: Mapping[str, str]
    unread: Unread

    def unit_of(self, plan: Plan) -> Unit:
        """Gives the unit that issued the plan."""
        return self.units[plan.unit]

    def is_sample(self, plan: Plan) -> bool:
        """True for the plan of a sample unit, whose figures are invented."""
        return self.units[plan.unit].sample

    def signs_of(self, source: Source) -> Signs:
        """Gives what stands in the texts of one of ``sources``."""
        return self.signs.get(source) or signs_of(source)

    def official_hosts(self) -> frozenset[str] | None:
        """Gives the hosts that links may lead to; ``None`` where the campaign's settings hold a slip there."""
        hosts = getattr(self.campaign, "official_hosts", None)
        return None if hosts is None else frozenset(host.host for host in hosts)

    def district_end(self) -> date | None:
        """Gives the day on which districts ended; ``None`` where the campaign's settings hold a slip there."""
        return getattr(self.campaign, "district_end", None)

    def as_of(self, today: date, *, drafts: bool = False) -> Dataset:
        """Gives the same dataset as it is shown on ``today``: no drafts, nothing from the future, nobody unasked.

        ``drafts=True`` keeps drafts, for the live preview of whoever writes them.
        """
        known = (one for one in self.reports if one.reported_on <= today and one.period.start <= today)
        kept = {
            "reports": tuple(one for one in known if drafts or not one.draft),
            "activities": {key: one for key, one in self.activities.items() if drafts or not one.draft},
            "news": tuple(one for one in self.news if drafts or not one.meta.draft),
            "praise": {key: one.as_shown() for key, one in self.praise.items()},
        }
        return Dataset(**{**self.__dict__, **kept})

    def without_sample(self) -> Dataset:
        """Gives the same dataset without sample units and whatever belongs to them."""
        units = {key: unit for key, unit in self.units.items() if not unit.sample}
        plans = {key: plan for key, plan in self.plans.items() if plan.unit in units}
        narratives = {key: text for key, text in self.narratives.items() if key[0] != "plan" or key[1] in plans}
        reports = tuple(report for report in self.reports if report.unit in units)
        activities = {key: activity for key, activity in self.activities.items() if activity.unit in units}
        praise = {key: item for key, item in self.praise.items() if item.record.unit in units}
        kept = {"units": units, "plans": plans, "narratives": narratives, "reports": reports, "activities": activities}
        banners = {key: banner for key, banner in self.banners.items() if banner.unit in (None, *units)}
        kept |= {"praise": praise, "banners": banners}
        return Dataset(**{**self.__dict__, **kept})


def load_dataset(root: Path, problems: Problems, kept: Kept | None = None) -> Dataset:
    """Reads ``data/`` and ``content/`` below ``root``; what ``kept`` has of files that are the same is not read again.

    Files that are wrong on their own leave a problem and stand in ``Dataset.unread``; the rules between files are
    judged by ``rules.check_dataset`` afterwards. Raises :class:`ContentError` when one of the two folders is missing.
    """
    for folder in ("data", "content"):
        if not (root / folder).is_dir():
            problems.add(folder, (1, 1), "folder-missing", found=folder)
    if problems.errors:
        raise ContentError(problems)
    files = Files(root)
    check_files(files, problems)
    loader = Loader(root, problems, kept, files)
    parts = _load_parts(loader)
    loader.note_unread("data", DATA_ENDINGS)
    loader.note_unread("content", PAGE_ENDINGS)
    read: dict[str, Any] = {"sources": loader.sources, "signs": loader.signs, "digests": loader.digests}
    return Dataset(**parts, **read, unread=loader.unread)


def _load_parts(loader: Loader) -> dict[str, Any]:
    """Reads every file, so that one bad file hides no problem of another."""
    return {
        "praise": load_praise(loader),
        "campaign": loader.settings("data/campaign.yml", Campaign),
        "phrases": load_phrases(loader),
        "facts": loader.listed("data/facts.yml", Fact),
        "measures": loader.listed("data/measures.yml", Measure),
        "groups": loader.listed("data/groups.yml", Group),
        "indicators": loader.listed("data/indicators.yml", Indicator),
        "provinces": loader.listed("data/provinces.yml", Province),
        "units": loader.folder("data/units", Unit),
        "plans": loader.folder("data/plans", Plan),
        "models": loader.folder("data/models", OutreachModel),
        "reports": load_reports(loader),
        "press": loader.listed("data/press.yml", PressFigure),
        "activities": loader.folder("data/activities", Activity),
        "slogans": loader.listed("data/slogans.yml", Slogan),
        "topics": loader.listed("data/topics.yml", Topic),
        "abbreviations": loader.listed("data/abbreviations.yml", Abbreviation),
        "glossary": load_glossary(loader),
        "spoken": loader.settings("data/spoken.yml", Spoken),
        "accessibility": loader.settings("data/accessibility.yml", AccessibilityStatement),
        "accessibility_results": loader.settings("data/accessibility-results.yml", AccessibilityResults),
        "materials": loader.listed("data/materials.yml", Material),
        "banners": loader.listed("data/banners.yml", BannerLink),
        "moved": loader.listed("data/moved.yml", MovedAddress),
        "link_exceptions": loader.listed("data/link-exceptions.yml", LinkException),
        "news": load_news(loader),
        "narratives": load_narratives(loader),
        "pages": load_pages(loader),
    }
