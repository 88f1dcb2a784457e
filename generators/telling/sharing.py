"""Owns what the pictures beside links say in words: the whole site's, each section's, each plan's, each model's.

Pictures with figures belong to ``progress_figures``; how a picture is set, to ``render/share_image.py``.
"""

from __future__ import annotations

from generators.problems import Language
from generators.render.share_image import ShareImage
from generators.schema.outreach import OutreachModel
from generators.schema.plan import Plan
from generators.site import HOME, SECTIONS, Site, share_address
from generators.telling.figures import plan_title
from generators.telling.progress_words import index_headline


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
