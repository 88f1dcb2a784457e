"""sitemap.xml: one file as long as it is short, then an index of parts that hold every page once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

from generators.artefact import Artefact
from generators.derive.news_entry import written_entry
from generators.outputs import sitemap
from generators.render.html import Templates
from generators.site import Site
from site_tests.many_places import TODAY, crowded

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _files(site: Site) -> dict[str, str]:
    made = sitemap.render(site, Templates(site.phrase))
    return {one.path: str(one.content) for one in made if isinstance(one, Artefact)}


def _addresses(text: str) -> Iterator[str]:
    return (str(one.text) for one in etree.fromstring(text.encode()).iter(f"{NAMESPACE}loc"))


def test_a_short_sitemap_is_one_file() -> None:
    site = crowded(0)
    files = _files(site)
    assert set(files) == {"sitemap.xml", "robots.txt"}
    assert set(_addresses(files["sitemap.xml"])) == {site.absolute(one) for one in site.page_addresses()}


def test_a_long_one_is_an_index_of_parts_with_every_page_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "SITEMAP_ADDRESSES", 60)
    site = crowded(100, 5)
    files = _files(site)
    assert etree.fromstring(files["sitemap.xml"].encode()).tag == f"{NAMESPACE}sitemapindex"
    named = [url.removeprefix(site.absolute("/")) for url in _addresses(files["sitemap.xml"])]
    assert set(named) == set(files) - {"sitemap.xml", "robots.txt"}
    assert {"sitemap-tien-do.xml", "sitemap-tien-do-2.xml", "sitemap-en-plans.xml"} <= set(named)
    assert "sitemap-tin-tuc-2025.xml" in named
    told = [one for name in named for one in _addresses(files[name])]
    assert sorted(told) == sorted(site.absolute(one) for one in site.page_addresses())
    assert all(len(list(_addresses(files[name]))) <= 60 for name in named)
    assert f"Sitemap: {site.absolute('/sitemap.xml')}" in files["robots.txt"]


def test_what_is_new_changes_its_own_part_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "SITEMAP_ADDRESSES", 100)
    site = crowded(100, 5)
    news = site.derived.news
    newest = news.all.entries[0]
    item = next(item for item in site.dataset.news if item.english)
    later = replace(newest.date, at=newest.date.at + timedelta(minutes=1))
    added = replace(item, name="tin-moi", meta=item.meta.model_copy(update={"id": "tin-moi", "date": later}))
    more = written_entry(site.dataset, added, TODAY)
    entries = replace(news.all, entries=(more, *news.all.entries))
    grown = replace(site, derived=replace(site.derived, news=replace(news, all=entries)))
    before, after = _files(site), _files(grown)
    changed = {name for name in after if before.get(name) != after[name]}
    year = newest.date.day.year
    assert year <= TODAY.year
    assert changed == {f"sitemap-tin-tuc-{year}.xml", f"sitemap-en-news-{year}.xml"}
