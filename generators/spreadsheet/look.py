"""Owns how the cells of the form look: what is typed into is light yellow, what is locked is white or grey."""

from __future__ import annotations

from dataclasses import replace

from generators.render.workbook import Look

TITLE = Look(size=15, bold=True, wrap=False)
SUBTITLE = Look(size=12, wrap=False)
MARK = Look(size=12, bold=True, colour="9C1C00", wrap=False)
HEAD = Look(size=11, bold=True, fill="D6E6F5", border=True, align="center", middle=True)
NUMBERING = Look(size=10, italic=True, border=True, align="center", middle=True)
GROUP = Look(size=12, bold=True, fill="EDF3F9", border=True)
GROUP_NUMBER = replace(GROUP, align="center")
LABEL = Look(size=11, border=True)
CENTRED = replace(LABEL, align="center")
DEAD = Look(size=11, fill="DDDDDD", border=True)
TEXT = Look(size=11, fill="FFFBE0", border=True, locked=False)
WHOLE = replace(TEXT, align="right", number_format="#,##0")
PERCENT = replace(TEXT, align="right", number_format="0.00%")
DAY = replace(TEXT, align="center", number_format="dd/mm/yyyy")
CHOICE = replace(TEXT, align="center")
HINT = Look(size=11, italic=True, colour="444444")
GUIDE = Look(size=13)
GUIDE_HEAD = Look(size=14, bold=True, colour="1F3864")

INPUTS = {"text": TEXT, "lines": TEXT, "whole": WHOLE, "percent": PERCENT, "date": DAY, "choice": CHOICE}
