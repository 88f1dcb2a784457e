"""Which picture stands beside a link: page, words and file agree, and a whole country's communes share theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generators import limits
from generators.addresses import share_address
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.derive import derive
from generators.frame import Frames
from generators.outputs import plans, progress, share_images
from generators.render.html import Templates
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.progress_figures import unit_share
from generators.telling.sharing import plan_share
from site_tests import progress_records as make

TODAY = date(2026, 8, 1)
# Each commune and the unit of its province: one with English, one without, and none.
PROVINCES = {"xa-a": "tinh-a", "xa-b": "tinh-b", "xa-c": None}
UNITS = frozenset({*PROVINCES, "tinh-a", "tinh-b"})


@pytest.fixture(scope="module")
def site() -> Site:
    """Each unit has a plan and a figure."""
    places = {"a": "nghe-an", "b": "ha-tinh", "c": "cao-bang"}
    units = [
        Unit.model_validate({
            "id": name,
            "name": {"vi": name} if name == "tinh-b" else {"vi": name, "en": name},
            "level": "commune" if name in PROVINCES else "province",
            "province": places[name[-1]],
        })
        for name in sorted(UNITS)
    ]  # fmt: skip
    of_units = [make.plan(f"cua-{one.id}", one.id, [make.target("muc")], title=dict(one.name)) for one in units]
    reports = [make.report(one.id, "2026-q1", make.reading("muc", 8, 10)) for one in units]
    data = replace(make.dataset(units, of_units, reports), activities={}, news=(), narratives={}, press={})
    return Site(data, derive(data, TODAY), TODAY, "https://vi-du.example/")


@pytest.fixture(params=["few", "many"])
def drawn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> frozenset[str]:
    """The units that have pictures of their own: all of them, and those that do where they are too many."""
    monkeypatch.setattr(limits, "SHARE_PICTURES", 2 * len(UNITS) - (request.param == "many"))
    return UNITS if request.param == "few" else UNITS - PROVINCES.keys()


def files(site: Site, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The addresses of all pictures, drawn with a quick hand."""
    monkeypatch.setattr(share_images, "draw_share", lambda _: b"")
    made = share_images.render(site, Templates(site.phrase))
    return {f"/{file.path}" for file in made if isinstance(file, Artefact)}


def languages(unit: str) -> set[str]:
    return {"vi"} if unit == "tinh-b" else {"vi", "en"}


def test_only_so_many_units_and_plans_have_pictures_of_their_own(
    site: Site, drawn: frozenset[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = files(site, monkeypatch)
    for lang in LANGUAGES:
        for prefix in ("", "ke-hoach-cua-"):
            addresses = {unit: share_address(f"{prefix}{unit}", lang) for unit in UNITS}
            assert {unit for unit in UNITS if addresses[unit] in found} == {
                unit for unit in drawn if lang in languages(unit)
            }


def test_a_commune_without_a_picture_shows_its_province_s_or_else_its_section_s(
    site: Site, drawn: frozenset[str]
) -> None:
    outputs = (progress.render, plans.render)
    made = [page for output in outputs for page in output(site, Templates(site.phrase)) if isinstance(page, Page)]
    pages = {(page.address, page.lang): (page.image, page.image_alt) for page in made}
    for lang in LANGUAGES:
        for unit in UNITS:
            if lang not in languages(unit):
                continue
            owner = unit if unit in drawn else PROVINCES[unit]
            own, of_plan = ("", ""), ("", "")
            if owner and lang in languages(owner):
                figures = unit_share(site, site.dataset.units[owner], lang)
                words = plan_share(site, site.dataset.plans[f"cua-{owner}"], lang)
                assert figures
                own, of_plan = (figures.address, figures.alt), (words.address, words.alt)
            assert pages[site.unit_address(unit, lang), lang] == own
            assert pages[site.plan_address(f"cua-{unit}", lang), lang] == of_plan


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
