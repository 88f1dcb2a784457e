"""Which picture stands beside a link: page, words and file agree, and a whole country's communes share theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generators import limits
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.derive import derive
from generators.frame import Frames
from generators.outputs import plans, progress, share_images
from generators.render.html import Templates
from generators.site import Site, plan_address, share_address, unit_address
from generators.telling.progress_figures import unit_share
from generators.telling.sharing import plan_share
from site_tests import progress_records as make

TODAY = date(2026, 8, 1)
ALL = frozenset({"tinh-a", "xa-a", "xa-b"})


@pytest.fixture(scope="module")
def site() -> Site:
    """A province with a page and a commune of it, and a commune whose province has no page; each with a figure."""
    units = [
        make.unit("tinh-a", "province", province="nghe-an"),
        make.unit("xa-a", province="nghe-an"),
        make.unit("xa-b", province="ha-tinh"),
    ]
    of_units = [make.plan(f"ke-hoach-{unit.id}", unit.id, [make.target("muc")]) for unit in units]
    reports = [make.report(unit.id, "2026-q1", make.reading("muc", 8, 10)) for unit in units]
    data = replace(make.dataset(units, of_units, reports), activities={}, news=(), narratives={}, press={})
    return Site(data, derive(data, TODAY), TODAY, "https://vi-du.example/")


@pytest.fixture(params=["few", "many"])
def drawn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> frozenset[str]:
    """The units that have pictures of their own: all of them, and those that do where they are too many."""
    units_and_plans = 6
    monkeypatch.setattr(limits, "SHARE_PICTURES", units_and_plans - (request.param == "many"))
    return ALL if request.param == "few" else ALL - {"xa-a", "xa-b"}


def files(site: Site, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The addresses of all pictures, drawn with a quick hand."""
    monkeypatch.setattr(share_images, "draw_share", lambda _: b"")
    made = share_images.render(site, Templates(site.phrase))
    return {f"/{file.path}" for file in made if isinstance(file, Artefact)}


def test_only_so_many_units_and_plans_have_pictures_of_their_own(
    site: Site, drawn: frozenset[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = files(site, monkeypatch)
    for lang in LANGUAGES:
        own = {share_address(unit, lang) for unit in ALL}
        assert {share_address(unit, lang) for unit in drawn} == own & found
        own = {share_address(f"ke-hoach-ke-hoach-{unit}", lang) for unit in ALL}
        assert {share_address(f"ke-hoach-ke-hoach-{unit}", lang) for unit in drawn} == own & found


def test_a_commune_without_a_picture_shows_its_province_s_or_else_its_section_s(
    site: Site, drawn: frozenset[str]
) -> None:
    shown_by = {unit: unit if unit in drawn else {"xa-a": "tinh-a"}.get(unit) for unit in ALL}
    pages = {
        page.address: page
        for output in (progress.render, plans.render)
        for page in output(site, Templates(site.phrase))
        if isinstance(page, Page)
    }
    for lang in LANGUAGES:
        for unit, owner in shown_by.items():
            page, plan_page = pages[unit_address(unit, lang)], pages[plan_address(f"ke-hoach-{unit}", lang)]
            if owner is None:
                assert (page.image, page.image_alt, plan_page.image, plan_page.image_alt) == ("", "", "", "")
                continue
            share = unit_share(site, site.dataset.units[owner], lang)
            assert share and (page.image, page.image_alt) == (share.address, share.alt)
            share = plan_share(site, site.dataset.plans[f"ke-hoach-{owner}"], lang)
            assert (plan_page.image, plan_page.image_alt) == (share.address, share.alt)


def test_every_picture_that_a_page_names_is_published(
    site: Site, drawn: frozenset[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, templates = files(site, monkeypatch), Templates(site.phrase)
    frames = Frames(site, templates)
    for output in (progress.render, plans.render):
        for page in output(site, templates):
            if isinstance(page, Page):
                head = frames.slots(page)["head"]
                named = head.partition('property="og:image" content="https://vi-du.example')[2].partition('"')[0]
                assert named in found
