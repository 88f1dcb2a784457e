"""Owns what day it is: in Vietnam, whatever the server says."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from generators.adapters.environment import fixed_today

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def today() -> date:
    """Gives the day in Vietnam, or the one that ``CAMPAIGN_TODAY`` sets for a build that must repeat.

    Raises :class:`WrongDay` when that variable holds no date.
    """
    return fixed_today() or datetime.now(VIETNAM).date()
