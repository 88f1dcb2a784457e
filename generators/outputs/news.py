"""Publishes the news: every item's page and picture, and the lists by time, topic, model and unit, page by page."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from urllib.parse import quote

from generators.addresses import (
    NEWS_PER_PAGE,
    has_news_page,
    news_address,
    older_page_address,
    other_language,
    section_address,
)
from generators.artefact import Artefact, Crumb, Page
from generators.dataset import LANGUAGES
from generators.derive.news import NewsList
from generators.derive.news_entry import NewsEntry
from generators.derive.paging import Paged, paged
from generators.origins import by_place, fact, news_origins, unit_origin
from generators.parts import Bundle, Output, Part
from generators.problems import Language
from generators.render.html import Templates
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.agenda import capital
from generators.telling.story import picture_address, picture_files, source_text, story_html, subjects
from generators.text import format_date

_SECTION = "tin-tuc"
Neighbours = tuple[NewsEntry | None, NewsEntry, NewsEntry | None]
"""An entry of the main list between the next newer one and the next older one."""


@Output
def render(site: Site, templates: Templates) -> Iterator[Part | Bundle]:
    """Gives the pages of all lists and all published items in each language, and the items' pictures."""
    for lang in LANGUAGES:
        counts = _counts(site, lang)
        for part in site.news_lists(lang):
            if part.kind != "unit":
                yield from _list_pages(site, templates, part, lang, counts, f"news/{lang}/{part.kind}")
        told = "" if site.derived.by_province else counts
        of_unit = partial(_of_unit, site, templates, lang, told)
        yield from by_place(site, f"news/{lang}/unit", of_unit, fact(told))
        yield from _items(site, templates, lang)
    for entry in site.derived.news.entries:
        if entry.picture:
            yield Part(f"news/pictures/{entry.id}", partial(_pictures, entry), news_origins((entry,)))


def _counts(site: Site, lang: Language) -> str:
    """Stands for how many entries lists have, which the newest pages say that lead to them; not of too many units."""
    lists = site.derived.news.lists.values()
    named = [part for part in lists if part.kind != "unit" or not site.derived.by_province]
    return fact([(part.kind, part.id, len(part.in_language(lang))) for part in named])


def _pictures(entry: NewsEntry) -> Iterator[Artefact]:
    if entry.picture:
        for address, copy in picture_files(picture_address(entry), entry.picture):
            yield Artefact(address.lstrip("/"), copy.content, entry.path)


def _of_unit(
    site: Site, templates: Templates, lang: Language, led_to: str, bundle: str, unit: Unit
) -> Iterator[Part]:
    """Gives the list of a unit, and the pages of its reports where they stand there alone."""
    part = site.derived.news.of("unit", unit.id)
    if has_news_page(part, lang):
        yield from _list_pages(site, templates, part, lang, led_to, bundle)
    reports = [one for one in part.in_language(lang) if one.report and site.derived.news.stands_apart(one)]
    if reports:
        make = partial(_reports, site, templates, reports, lang)
        yield Part(f"{bundle}/{unit.id}/reports", make, (unit_origin(unit.id),))


def _list_pages(
    site: Site, templates: Templates, part: NewsList, lang: Language, led_to: str, kind: str
) -> Iterator[Part]:
    """Gives a list's page with the newest entries, then the older ones; nothing new changes a page that is full.

    ``led_to`` stands for what the newest one says of the lists that it leads to.
    """
    name = f"{kind}/{part.id}"
    pages = paged(part.in_language(lang), NEWS_PER_PAGE)
    other = other_language(lang)
    has_twin = has_news_page(part, other)
    twins = paged(part.in_language(other), NEWS_PER_PAGE)
    count = len(pages.older)
    newest = partial(_newest_page, site, templates, part, pages, lang, has_twin=has_twin)
    yield Part(name, newest, (*news_origins(pages.newest), fact(led_to, count, has_twin)))
    for number, entries in enumerate(pages.older, 1):
        is_twin = has_twin and number <= len(twins.older) and _ids(twins.older[number - 1]) == _ids(entries)
        older = partial(_older_page, site, templates, part, pages, number, lang, has_twin=is_twin)
        yield Part(f"{name}/{number}", older, (*news_origins(entries), fact(number == count, is_twin)))


def _leads_to_others(site: Site, part: NewsList) -> bool:
    """True where a list's newest page leads to other lists; thousands of units' do not, or each item changed them."""
    return part.kind != "unit" or not site.derived.by_province


def _title(site: Site, part: NewsList, lang: Language) -> str:
    return site.phrase(f"news-title-{part.kind}", lang, name=site.news_list_name(part, lang))


def _newest_page(
    site: Site, templates: Templates, part: NewsList, pages: Paged[NewsEntry], lang: Language, *, has_twin: bool
) -> Iterator[Page]:
    first, title, count = site.news_list_address(part, lang), _title(site, part, lang), len(pages.older)
    return _list_page(
        site,
        templates,
        part,
        lang,
        address=first,
        title=title,
        description=_description(site, title, len(part.in_language(lang)), count, lang),
        entries=pages.newest,
        ways=_ways(first, 0, count, lang),
        twin=site.news_list_address(part, other_language(lang)) if has_twin else "",
    )


def _older_page(
    site: Site,
    templates: Templates,
    part: NewsList,
    pages: Paged[NewsEntry],
    number: int,
    lang: Language,
    *,
    has_twin: bool,
) -> Iterator[Page]:
    first, title, other = site.news_list_address(part, lang), _title(site, part, lang), other_language(lang)
    entries = pages.older[number - 1]
    when = {"from": format_date(entries[-1].date.day, lang), "until": format_date(entries[0].date.day, lang)}
    told = site.phrase("news-page-where", lang, number=number, **when)
    return _list_page(
        site,
        templates,
        part,
        lang,
        address=older_page_address(first, number, lang),
        title=site.phrase("news-page-title", lang, title=title, number=number),
        description=site.phrase("news-page-description", lang, title=title, where=told),
        entries=entries,
        where=told,
        ways=_ways(first, number, len(pages.older), lang),
        twin=older_page_address(site.news_list_address(part, other), number, other) if has_twin else "",
    )


def _description(site: Site, title: str, count: int, older: int, lang: Language) -> str:
    if older:
        return site.phrase("news-list-long-description", lang, title=title, count=count)
    return site.phrase("news-list-description", lang, title=title, count=count, number=1, total=1)


def _ids(entries: tuple[NewsEntry, ...]) -> list[str]:
    return [entry.id for entry in entries]


def _ways(first: str, number: int, count: int, lang: Language) -> list[tuple[str, str]]:
    """Gives the ways to the neighbours and the ends as (phrase, address); ``number`` 0 is the newest page.

    Only neighbours, so that a page changes when its neighbour comes into being, and never again.
    """

    def page(one: int) -> str:
        return older_page_address(first, one, lang)

    newer = page(number + 1) if 0 < number < count else first
    older = number - 1 if number else count
    return [
        *([("news-newest", first)] if number else []),
        *([("news-newer-page", newer)] if 0 < number < count else []),
        *([("news-older-page", page(older))] if older else []),
        *([("news-oldest", page(1))] if older > 1 else []),
    ]


def _list_page(
    site: Site,
    templates: Templates,
    part: NewsList,
    lang: Language,
    *,
    address: str,
    title: str,
    description: str,
    entries: tuple[NewsEntry, ...],
    ways: list[tuple[str, str]],
    twin: str,
    where: str = "",
) -> Iterator[Page]:
    """Gives one page of a list; ``where`` tells where in the list an older one stands."""
    body = templates.render(
        "news-list.html",
        lang,
        address,
        site=site,
        part=part,
        capital=capital,
        title=title,
        text=where or _list_text(site, part, lang),
        entries=entries,
        leads_to_others=not where and _leads_to_others(site, part),
        ways=ways,
        has_feed=_has_feed(site, part, lang),
    )
    yield Page(
        address=address,
        lang=lang,
        title=title,
        description=description,
        body=body,
        source="content/tin-tuc",
        section=_SECTION,
        twin=twin,
        crumbs=_crumbs(site, part, lang, deep=bool(where)),
        page_class="page-news-list",
        sample=part.kind == "unit" and site.dataset.units[part.id].sample,
        feeds=site.feed_links(part, lang) if part.kind != "all" and _has_feed(site, part, lang) else (),
    )


def _has_feed(site: Site, part: NewsList, lang: Language) -> bool:
    return part.kind not in {"year", "month"} and site.has_feed(part, lang)


def _list_text(site: Site, part: NewsList, lang: Language) -> str:
    if part.kind == "topic":
        return site.dataset.topics[part.id].text.get(lang)
    return site.phrase("news-lead", lang) if part.kind == "all" else ""


def _crumbs(site: Site, part: NewsList, lang: Language, *, deep: bool) -> tuple[Crumb, ...]:
    """The way to a list: the news, for a month its year, and on further pages the list's own first page."""
    steps = []
    if part.kind != "all":
        steps.append(site.derived.news.all)
    if part.kind == "month":
        steps.append(site.derived.news.of("year", part.id[:4]))
    if deep:
        steps.append(part)
    return tuple(Crumb(capital(site.news_list_name(step, lang)), site.news_list_address(step, lang)) for step in steps)


def _items(site: Site, templates: Templates, lang: Language) -> Iterator[Part | Bundle]:
    """Gives the pages of single items, those of the main list by the month."""
    main = site.derived.news.all.in_language(lang)
    neighbours = zip([None, *main], main, [*main[1:], None], strict=False)
    for month, found in groupby(neighbours, key=lambda three: three[1].date.day.isoformat()[:7]):
        own = tuple(found)
        name = f"news/{lang}/item/{month}"
        origins = news_origins((own[0][0], *(entry for _, entry, _ in own), own[-1][2]))
        yield Bundle(name, partial(_item_parts, site, templates, own, lang, name), origins)
    apart = (entry for entry in site.derived.news.apart if not entry.report and lang in entry.languages)
    yield from _item_parts(site, templates, [(None, entry, None) for entry in apart], lang, f"news/{lang}/apart")


def _item_parts(
    site: Site, templates: Templates, entries: Iterable[Neighbours], lang: Language, name: str
) -> Iterator[Part]:
    for newer, entry, older in entries:
        make = partial(_item, site, templates, entry, newer, older, lang)
        yield Part(f"{name}/{entry.id}", make, news_origins((entry, newer, older)))


def _reports(site: Site, templates: Templates, entries: Iterable[NewsEntry], lang: Language) -> Iterator[Page]:
    """Gives the pages of a unit's reports; they follow on no item of the main list, and none on them."""
    for entry in entries:
        yield from _item(site, templates, entry, None, None, lang)


def _item(
    site: Site, templates: Templates, entry: NewsEntry, newer: NewsEntry | None, older: NewsEntry | None, lang: Language
) -> Iterator[Page]:
    address = news_address(entry, lang)
    other = other_language(lang)
    text = entry.texts[lang]
    body = templates.render(
        "news-item.html",
        lang,
        address,
        site=site,
        entry=entry,
        text=text,
        story=story_html(site, templates, entry, lang),
        source_text=source_text(entry, lang),
        subjects=subjects(site, entry),
        share=share_links(site.absolute(address)),
        picture=picture_files(picture_address(entry), entry.picture) if entry.picture else (),
        newer=newer,
        older=older,
        news_address=news_address,
    )
    news = site.derived.news
    month = None if news.stands_apart(entry) else news.of("month", entry.date.month)
    yield Page(
        address=address,
        lang=lang,
        title=text.title,
        description=text.summary,
        body=body,
        source=entry.path,
        section=_SECTION,
        twin=news_address(entry, other) if other in entry.texts else "",
        crumbs=_crumbs(site, month, lang, deep=True) if month else _news_crumb(site, lang),
        page_class="page-news",
        sample=entry.sample,
        json_ld=() if entry.sample else (_article(site, entry, lang),),
    )


def _news_crumb(site: Site, lang: Language) -> tuple[Crumb, ...]:
    return (Crumb(site.phrase("menu-tin-tuc", lang), section_address(_SECTION, lang)),)


def share_links(url: str) -> tuple[tuple[str, str], ...]:
    """Gives plain links to the sharing pages of Zalo and Facebook as (name, address); nothing of theirs is loaded.

    Zalo's page takes the address as JSON in Base64, as the links that its own button makes do.
    """
    told = base64.b64encode(json.dumps({"url": url}, separators=(",", ":")).encode()).decode()
    return (
        ("Zalo", f"https://button-share.zalo.me/share_external?layout=1&color=blue&customize=false&d={quote(told)}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={quote(url, safe='')}"),
    )


def _article(site: Site, entry: NewsEntry, lang: Language) -> Mapping[str, object]:
    """The item in the words of schema.org (NewsArticle)."""
    text = entry.texts[lang]
    published = entry.date.at.isoformat() if entry.date.timed else entry.date.day.isoformat()
    publisher = {"@type": "Organization", "name": site.phrase("site-name", lang), "url": site.absolute("/")}
    thing: dict[str, object] = {
        "@type": "NewsArticle",
        "headline": text.title,
        "description": text.summary,
        "inLanguage": lang,
        "datePublished": published,
        "dateModified": entry.updated.date().isoformat() if entry.is_corrected else published,
        "mainEntityOfPage": site.absolute(news_address(entry, lang)),
        "author": {"@type": "Organization", "name": entry.author.get(lang)} if entry.author else publisher,
        "publisher": publisher,
    }
    if entry.picture:
        thing["image"] = site.absolute(picture_address(entry))
    if entry.source:
        cited: dict[str, object] = {"@type": "CreativeWork", "name": entry.source.name.get(lang)}
        if entry.source.date:
            cited["datePublished"] = entry.source.date.iso
        if entry.source.url:
            cited["url"] = entry.source.url
        thing["isBasedOn"] = cited
    if entry.is_corrected:
        thing["correction"] = [
            f"{format_date(one.date, lang)}: {one.what.get(lang)}" for one in entry.corrections
        ]
    return thing
