"""Owns where compiled templates outlive a build: they are a part of the program, so they stand where Python keeps the
rest of it compiled (PEP 3147), whichever project is built.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from generators.adapters.kept_files import KeptFiles
from generators.render.html import TEMPLATES


def compiled_templates(otherwise: KeptFiles) -> KeptFiles:
    """Gives where compiled templates are kept: beside their sources, or ``otherwise`` where Python may not write."""
    beside = Path(cache_from_source(str(TEMPLATES / "template.py"))).parent
    with suppress(OSError):
        if not sys.dont_write_bytecode:
            beside.mkdir(parents=True, exist_ok=True)
            if os.access(beside, os.W_OK):
                return KeptFiles(beside)
    return otherwise
