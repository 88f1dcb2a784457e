"""Owns the environment variables through which a command speaks to builds that MkDocs starts again by itself.

``mkdocs serve`` reads its settings anew at every change, so what was typed once must be found each time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

TODAY_VARIABLE = "CAMPAIGN_TODAY"
SAMPLE_VARIABLE = "CAMPAIGN_SAMPLE"


class WrongDay(ValueError):
    """Raised when ``CAMPAIGN_TODAY`` holds no date."""


def fixed_today() -> date | None:
    """Gives the day that ``CAMPAIGN_TODAY`` sets (ISO 8601), if any. Raises :class:`WrongDay` when it is no date."""
    text = os.environ.get(TODAY_VARIABLE)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongDay(f"{TODAY_VARIABLE}={text}: yyyy-mm-dd") from None


def sample_wanted() -> bool:
    """False when ``CAMPAIGN_SAMPLE`` is ``0``: sample units are left out."""
    return os.environ.get(SAMPLE_VARIABLE) != "0"


@contextmanager
def settings(*, today: date | None, sample: bool) -> Iterator[None]:
    """Sets both variables for the builds that start inside the ``with`` block; ``today=None`` leaves the day alone."""
    values = {SAMPLE_VARIABLE: "1" if sample else "0"}
    if today:
        values[TODAY_VARIABLE] = today.isoformat()
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
