"""Owns how a figure, a level and a reporting period are said, so that pages, pictures, files and news say them alike.

Holds no sentence and computes nothing; the figures come from ``derive/``, sentences are built in ``progress_words.py``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from generators.problems import Language
from generators.schema.progress import ReportingPeriod
from generators.schema.scalars import Amount
from generators.text import Phrases, format_number, format_percent


class Levelled(Protocol):
    """A target, or what is known of one."""

    @property
    def at_least(self) -> Amount | None:
        """The level that must be reached; ``None`` where the plan uses words only."""
        ...


def value_words(phrases: Phrases, target: Levelled, value: Decimal | None, lang: Language) -> str:
    """Gives a figure of a target as it is printed everywhere: ``91,11%``, ``430 người``, or that there is none."""
    if value is None:
        return phrases.get("ui-no-data", lang)
    if target.at_least is None or target.at_least.kind == "percent":
        return format_percent(value, lang)
    return f"{format_number(value, lang)} {_unit_word(phrases, target.at_least.unit, lang)}".strip()


def level_words(phrases: Phrases, target: Levelled, lang: Language) -> str:
    """Gives the level that must be reached, or that the plan uses words only."""
    if target.at_least is None:
        return phrases.get("target-words-only", lang)
    return value_words(phrases, target, target.at_least.value, lang)


def period_name(phrases: Phrases, period: ReportingPeriod, lang: Language) -> str:
    """Gives the name of a reporting period: ``quý 4 năm 2026``."""
    return phrases.get(f"cal-period-{period.kind}", lang, number=period.number, year=period.year)


def _unit_word(phrases: Phrases, unit: str, lang: Language) -> str:
    """The plan's own word for what it counts; the most usual one has an English."""
    return phrases.get("progress-people", lang) if unit == "người" else unit
