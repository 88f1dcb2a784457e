"""Owns which picture a page shows beside its link, and what it says in words: the whole site's, each section's, each
plan's, each model's.

Pictures with figures belong to ``progress_figures``; how a picture is set, to ``render/share_image.py``.
"""

from __future__ import annotations

from generators import limits
from generators.addresses import HOME, SECTIONS, share_address
from generators.problems import Language
from generators.render.share_image import ShareImage
from generators.schema.outreach import OutreachModel
from generators.schema.plan import Plan
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.figures import plan_title
from generators.telling.progress_figures import unit_share
from generators.telling.progress_words import index_headline, plans_of


class SharePictures:
    """Which picture a page shows, decided once for a build.

    Each unit with figures and each plan has its own, unless there are too many: then a commune's pages show its
    province's, whose words say so, and where the province has none, their section's, as any page does.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self.every_unit_has_own = len(site.dataset.units) + len(site.dataset.plans) <= limits.SHARE_PICTURES
        self._sections: dict[tuple[str, Language], ShareImage] = {}
        self._provinces: dict[tuple[str, str, Language], ShareImage | None] = {}

    def has_own(self, unit: Unit) -> bool:
        """Tells whether a unit and its plans may have pictures of their own."""
        return self.every_unit_has_own or unit.level != "commune"

    def of_section(self, section: str, lang: Language) -> ShareImage:
        """Gives the picture of a section's pages that show no other; no section is the home page's."""
        if (section, lang) not in self._sections:
            self._sections[section, lang] = section_share(self._site, section, lang)
        return self._sections[section, lang]

    def of_unit(self, unit: Unit, lang: Language) -> ShareImage | None:
        """Gives the picture of a unit's page, ``None`` for its section's."""
        return unit_share(self._site, unit, lang) if self.has_own(unit) else self._of_province("unit", unit, lang)

    def of_plan(self, plan: Plan, lang: Language) -> ShareImage | None:
        """Gives the picture of a plan's page, ``None`` for its section's."""
        unit = self._site.dataset.unit_of(plan)
        return plan_share(self._site, plan, lang) if self.has_own(unit) else self._of_province("plan", unit, lang)

    def _of_province(self, kind: str, unit: Unit, lang: Language) -> ShareImage | None:
        """Gives a picture of the province that is published in ``lang``."""
        province = self._site.derived.province_units.get(unit.province or "")
        if province is None:
            return None
        key = (kind, province.id, lang)
        if key not in self._provinces:
            picture = self._figures if kind == "unit" else self._first_plan
            self._provinces[key] = picture(province, lang)
        return self._provinces[key]

    def _figures(self, unit: Unit, lang: Language) -> ShareImage | None:
        return unit_share(self._site, unit, lang) if lang in unit.languages else None

    def _first_plan(self, unit: Unit, lang: Language) -> ShareImage | None:
        plans = (plan for plan in plans_of(self._site, unit) if lang in plan.languages)
        return next((plan_share(self._site, plan, lang) for plan in plans), None)


def section_share(site: Site, section: str, lang: Language) -> ShareImage:
    """Gives the picture of a section's pages that have none of their own; no section is the home page's.

    Progress says who has reported, every other section what one finds there.
    """
    if section not in SECTIONS:
        return _home_share(site, lang)
    if section == "tien-do":
        return _words_share(site, section, site.phrase("progress-title", lang), index_headline(site, lang), lang)
    title = site.phrase(f"menu-{section}", lang)
    return _words_share(site, section, title, site.phrase(f"share-{section}", lang), lang)


def plan_share(site: Site, plan: Plan, lang: Language) -> ShareImage:
    """Gives the picture of a plan: whose it is, and its summary."""
    title = site.phrase("share-plan", lang, name=plan_title(site, plan, lang))
    mark = site.phrase("ui-sample", lang) if site.dataset.is_sample(plan) else ""
    return _words_share(site, f"ke-hoach-{plan.id}", title, plan.summary.get(lang), lang, mark)


def model_share(site: Site, model: OutreachModel, lang: Language) -> ShareImage:
    """Gives the picture of an outreach model: its name, and its summary."""
    return _words_share(site, f"mo-hinh-{model.id}", model.name.get(lang), model.summary.get(lang), lang)


def _home_share(site: Site, lang: Language) -> ShareImage:
    title = next(page.meta.title for page in site.dataset.pages if page.address == HOME[lang])
    return _words_share(site, "trang", title, site.dataset.campaign.tagline.get(lang), lang)


def _words_share(site: Site, name: str, title: str, sentence: str, lang: Language, mark: str = "") -> ShareImage:
    """Gives a picture that says a title and a sentence; ``name`` is its file's, ``mark`` the notice of a sample."""
    said = f"{title.rstrip('.')}. {sentence}"
    return ShareImage(
        address=share_address(name, lang),
        lang=lang,
        site_name=site.phrase("site-name", lang),
        title=title,
        sentence=sentence,
        foot=site.phrase("share-foot", lang),
        alt=f"{mark}. {said}" if mark else said,
        mark=mark,
    )
