"""Owns what day it is: in Vietnam, whatever the server says."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY_VARIABLE = "CAMPAIGN_TODAY"


def today() -> date:
    """Gives the day in Vietnam, or the one that ``CAMPAIGN_TODAY`` (ISO 8601) sets for a build that must repeat."""
    fixed = os.environ.get(TODAY_VARIABLE)
    return date.fromisoformat(fixed) if fixed else datetime.now(VIETNAM).date()
