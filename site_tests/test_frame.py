"""Holds what stands around a page: the shell that is cut at its markers, and the values of each slot."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generators.artefact import Artefact, Crumb, Page, UnsafePath
from generators.frame import Frames, Shell, json_for_html, section_or_home
from generators.pipeline import load_site
from generators.render.html import Templates
from generators.site import Site
from generators.text import Phrases
from site_tests.small_project import small_site

SLOTS = (
    "title", "description", "canonical", "head", "banner", "breadcrumbs", "content", "source", "other_language",
    "page_class", "og_type",
)  # fmt: skip
SHELL = "".join(f"[{slot}=@@{slot}@@]" for slot in SLOTS)


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return small_site(root)


@pytest.fixture(scope="module")
def frames(site: Site) -> Frames:
    return Frames(site, Templates(site.phrase))


def page(**values: object) -> Page:
    plain = Page(
        address="/ke-hoach/x/",
        lang="vi",
        title="Tên & <b>",
        description='Nói "được"',
        body="<h1>Tên</h1>",
        source="data/plans/x.yml",
        section="ke-hoach",
        twin="/en/plans/x/",
        crumbs=(Crumb("Kế hoạch", "/ke-hoach/"),),
        page_class="page-plan",
    )
    return replace(plain, **values)  # type: ignore[arg-type]


def test_a_shell_is_filled_in_one_pass_and_what_a_page_says_is_never_filled_again() -> None:
    values = {slot: slot.upper() for slot in SLOTS} | {"content": "xem @@title@@ và @@x@@"}
    filled = Shell(f"<{SHELL}>@@title@@").fill(values)
    assert filled.startswith("<[title=TITLE]") and filled.endswith(">TITLE")
    assert "[content=xem @@title@@ và @@x@@]" in filled


def test_a_shell_that_forgets_a_slot_is_refused() -> None:
    for slot in SLOTS:
        with pytest.raises(ValueError, match=slot):
            Shell(SHELL.replace(f"@@{slot}@@", ""))


def test_a_slot_without_a_value_is_a_fault_but_only_one_section_is_current() -> None:
    shell = Shell(f"{SHELL}@@base@@<@@current:mo-hinh@@><@@current:ke-hoach@@>")
    values = dict.fromkeys(SLOTS, "") | {"base": "..", "current:ke-hoach": " aria-current"}
    assert shell.fill(values).endswith("..<>< aria-current>")
    with pytest.raises(KeyError):
        shell.fill(dict.fromkeys(SLOTS, ""))


def test_the_frame_of_markers_fills_every_slot_of_a_shell(frames: Frames) -> None:
    marked = frames.markers("vi")
    shell = Shell("".join(getattr(marked, slot) for slot in SLOTS))
    assert shell.fill({slot: f"<{slot}>" for slot in SLOTS}) == "".join(f"<{slot}>" for slot in SLOTS)
    assert marked.home == "@@base@@/"
    assert all(re.fullmatch(r"@@current:[a-z-]+@@", item.current) for item in marked.menu)
    with pytest.raises(AttributeError):
        _ = marked.no_such_slot


def test_a_page_made_from_data_gets_its_own_values(frames: Frames) -> None:
    shell = Shell(f"{SHELL}@@base@@|@@current:ke-hoach@@|@@current:mo-hinh@@")
    html = frames.set_into(shell, page())
    assert "[title=Tên &amp; &lt;b&gt; · " in html
    assert "[description=Nói &quot;được&quot;]" in html
    assert "[canonical=https://example.com/so/ke-hoach/x/]" in html
    assert "[content=<h1>Tên</h1>]" in html
    assert "[banner=]" in html and "[page_class=page-plan]" in html and "[og_type=article]" in html
    assert html.endswith('../..| aria-current="page"|')


def test_both_languages_of_a_page_name_each_other(frames: Frames, site: Site) -> None:
    for here in (page(), page(address="/en/plans/x/", lang="en", twin="/ke-hoach/x/")):
        links = dict(re.findall(r'hreflang="([^"]*)" href="([^"]*)"', frames.slots(here)["head"]))
        assert links == {
            "vi": "https://example.com/so/ke-hoach/x/",
            "en": "https://example.com/so/en/plans/x/",
            "x-default": "https://example.com/so/ke-hoach/x/",
        }


def test_a_page_without_a_twin_leads_to_its_section_in_the_other_language(frames: Frames) -> None:
    slots = frames.slots(page(twin=""))
    assert "hreflang" not in slots["head"].replace("hreflang=en", "")
    assert 'href="../../en/plans/"' in slots["other_language"]
    assert section_or_home("ke-hoach", "en") == "/en/plans/"
    assert section_or_home("", "en") == "/en/"


def test_a_sample_page_says_so_and_a_home_page_has_no_way_back(frames: Frames, site: Site) -> None:
    sample = frames.slots(page(sample=True))
    assert site.phrase("ui-sample", "vi") in sample["banner"]
    home = frames.slots(page(address="/", twin="/en/"))
    assert (home["breadcrumbs"], home["og_type"], home["title"]) == ("", "website", "Tên &amp; &lt;b&gt;")
    assert 'href="../../ke-hoach/"' in frames.slots(page())["breadcrumbs"]


def test_the_page_for_lost_addresses_links_from_the_root_of_the_server(frames: Frames) -> None:
    lost = frames.not_found("vi", "/so/")
    assert lost.home == "/so/"
    assert all(item.href.startswith("/so/") and item.current == "" for item in lost.menu)
    assert lost.breadcrumbs == "" and lost.source == ""


def test_json_inside_html_cannot_end_its_element(frames: Frames) -> None:
    text = json_for_html({"b": "</script><!-- &amp;", "a": "Đại sứ"})
    assert not set("<>&") & set(text)
    assert json.loads(text) == {"a": "Đại sứ", "b": "</script><!-- &amp;"}
    head = frames.slots(page(title="</script><b>"))["head"]
    assert head.count("</script>") == head.count("<script")


@pytest.mark.parametrize("path", ["../x", "/x", "a/../b", "a//b", "a/", "", "a b", "ế.html", "a\\b", "a\n", "C:x"])
def test_no_file_leaves_the_folder_of_the_site(path: str) -> None:
    with pytest.raises(UnsafePath):
        Artefact(path, "", "x")


def test_a_page_stands_in_the_folder_of_its_address() -> None:
    assert page().path == "ke-hoach/x/index.html"
    assert page(address="/").path == "index.html"
    with pytest.raises(UnsafePath):
        page(address="/../x/")


def test_a_whole_page_comes_from_the_shell_of_its_language(frames: Frames) -> None:
    whole = frames.whole({"vi": f"Việt {SHELL}", "en": f"English {SHELL}"})
    assert whole(page()) == f"Việt {frames.set_into(Shell(SHELL), page())}".encode()
    assert whole(page(lang="en", address="/en/plans/x/")).startswith(b"English [title=")


def _other_platform(site: Site) -> Site:
    campaign = site.dataset.campaign
    platform = campaign.platform.model_copy(update={"url": "https://example.org/"})
    return replace(site, dataset=replace(site.dataset, campaign=campaign.model_copy(update={"platform": platform})))


def _other_phrase(site: Site) -> Site:
    phrases = Phrases({**site.dataset.phrases.entries, "shell-motto": {"vi": "Khác", "en": "Other"}})
    return replace(site, dataset=replace(site.dataset, phrases=phrases))


def _no_guide(site: Site) -> Site:
    pages = tuple(one for one in site.dataset.pages if one.address != "/huong-dan/")
    return replace(site, dataset=replace(site.dataset, pages=pages))


def _nothing_of_the_frame(site: Site) -> Site:
    return replace(site, today=date(2030, 1, 1), dataset=replace(site.dataset, plans={}, news={}, glossary={}))


@pytest.mark.parametrize("change", [_other_platform, _other_phrase, _no_guide])
def test_what_the_theme_is_shown_is_noticed_when_it_changes(change: Callable[[Site], Site], root: Path) -> None:
    site = load_site(root, date(2026, 11, 22), "")[0]
    assert _seen(change(site)) != _seen(site)


def test_what_the_theme_is_not_shown_changes_nothing_for_it(site: Site, root: Path) -> None:
    assert _seen(_nothing_of_the_frame(site)) == _seen(site) == _seen(small_site(root))


def _seen(site: Site) -> str:
    return Frames(site, Templates(site.phrase)).seen_by_theme()
