"""Owns where the official names and codes of communes come from: a data package that only measuring needs.

``vietnamadminunits`` (PyPI, MIT) was chosen because its licence is that of this project, it holds the 34 provinces and
3,321 communes that there are since 01/07/2025, and its codes are those of Quyết định 19/2025/QĐ-TTg (as far as the
project's own units tell). ``vietnam-provinces`` was looked at too: it is GPL-3.0-or-later, and its last version for
Python 3.11 still has the codes of the decision's draft. Only the package's table is read; none of its code is run.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from generators.nation.places import Commune
from generators.text import nfc

_PACKAGE = "vietnamadminunits"


class ListMissing(LookupError):
    """Raised when the data package is not installed."""


def official_communes() -> list[Commune]:
    """Gives every commune, ward and special zone. Raises :class:`ListMissing`."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ListMissing(_PACKAGE)
    table = Path(spec.submodule_search_locations[0]) / "data" / "dataset.db"
    with closing(sqlite3.connect(f"{table.as_uri()}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT wardCode, ward, provinceCode FROM admin_units ORDER BY wardCode")
        return [Commune(code, " ".join(nfc(name).split()), province) for code, name, province in rows]
