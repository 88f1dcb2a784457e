"""Owns how an entry of the news reads as HTML: the same words on its page and in every feed."""

from __future__ import annotations

from markupsafe import Markup

from generators.addresses import news_address
from generators.dataset.news import Picture
from generators.derive.news import NewsList
from generators.derive.news_entry import NewsEntry
from generators.derive.report_news import change_text, figure_text, period_text
from generators.pictures import Copy
from generators.problems import Language
from generators.render.html import Templates
from generators.render.markdown import to_html
from generators.site import Site
from generators.telling.figures import target_level, target_year
from generators.text import format_date


def story_html(site: Site, templates: Templates, entry: NewsEntry, lang: Language) -> Markup:
    """Gives the body of an entry, its links made for the entry's own page."""
    address = news_address(entry, lang)
    if entry.report is None:
        return to_html(entry.texts[lang].body, address)
    html = templates.render(
        "news-report.html",
        lang,
        address,
        site=site,
        entry=entry,
        unit=site.dataset.units[entry.report.unit],
        period=period_text(site.dataset, entry.report.period, lang),
        figure_text=figure_text,
        change_text=change_text,
        period_text=period_text,
        target_level=target_level,
        target_year=target_year,
    )
    return Markup(html)  # noqa: S704 - a template has escaped it


def source_text(entry: NewsEntry, lang: Language) -> str:
    """Gives the source as one line, ``baothanhhoa.vn, 23/01/2026``, or nothing."""
    if entry.source is None:
        return ""
    dated = [format_date(entry.source.date, lang)] if entry.source.date else []
    return ", ".join([entry.source.name.get(lang), *dated])


def picture_address(entry: NewsEntry) -> str:
    """Gives where the entry's picture stands, below the Vietnamese page for both languages; empty without one."""
    return f"{news_address(entry, 'vi')}{entry.picture.name}" if entry.picture else ""


def picture_file(address: str, copy: Copy, picture: Picture) -> str:
    """Gives where one published copy of a picture stands; ``address`` is where the copy in its own format does.

    ``lop-hoc.jpg`` → ``lop-hoc.480w.webp``: no name of a picture or a record holds two dots.
    """
    if copy is picture.copies[0]:
        return address
    return f"{address.rpartition('.')[0]}.{copy.width}w.webp"


def picture_files(address: str, picture: Picture) -> tuple[tuple[str, Copy], ...]:
    """Gives all published copies of a picture with their addresses, first the one in its own format."""
    return tuple((picture_file(address, copy, picture), copy) for copy in picture.copies)


def subjects(site: Site, entry: NewsEntry) -> tuple[NewsList, ...]:
    """Gives the lists that an entry stands in by its topics, models and units, in this order."""
    news = site.derived.news
    if news.stands_apart(entry):
        return tuple(news.of("unit", unit) for unit in entry.units)
    return (
        *(news.of("topic", topic) for topic in entry.topics),
        *(news.of("model", model) for model in entry.models),
        *(news.of("unit", unit) for unit in entry.units),
    )
