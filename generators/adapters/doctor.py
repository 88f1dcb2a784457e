"""Owns what is looked at when an installation does not work, and in which words it is told.

Imports nothing but the standard library and the two modules of publishing that do the same, so that it runs where a
package is missing or the environment is half made: ``make doctor`` starts it with whatever Python there is.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generators.adapters.exchange import exchange
from generators.adapters.lock import alone

OLDEST_PYTHON = (3, 11)
_FREE_BAD, _FREE_LOW = 200_000_000, 1_000_000_000  # bytes; a build of the whole country takes about half a gigabyte
_SHOWN = 5

_WORDS: dict[str, dict[str, str]] = {
    "python-fine": {"vi": "Python {found}.", "en": "Python {found}."},
    "python-old": {
        "vi": "Python {found} quá cũ: cần 3.11 trở lên. → Cài Python mới hơn, rồi: make PYTHON=python3.12 site",
        "en": "Python {found} is too old: 3.11 or later is needed. → Install a newer one: make PYTHON=python3.12 site",
    },
    "packages-fine": {"vi": "Đủ {count} gói, đúng bản đã khóa.", "en": "All {count} packages, as locked."},
    "packages-missing": {"vi": "Thiếu gói: {names}. → make site", "en": "Packages are missing: {names}. → make site"},
    "packages-other": {
        "vi": "Gói khác bản đã khóa: {names}. → make clean-all site",
        "en": "Packages differ from the lock: {names}. → make clean-all site",
    },
    "lock-missing": {
        "vi": "Không thấy requirements/site.txt: thư mục này có phải thư mục của dự án không?",
        "en": "There is no requirements/site.txt: is this the folder of the project?",
    },
    "files-fine": {"vi": "Phông chữ và tệp kèm theo còn nguyên.", "en": "Fonts and other bundled files are whole."},
    "files-changed": {
        "vi": "Tệp kèm theo bị mất hoặc bị đổi: {names}. → git restore {first}",
        "en": "Bundled files are lost or changed: {names}. → git restore {first}",
    },
    "folders-fine": {"vi": "Ghi được vào các thư mục cần ghi.", "en": "All folders can be written."},
    "folder-closed": {
        "vi": "Không ghi được vào {name}. → Xem lại quyền: ls -ld {name}",
        "en": "{name} cannot be written. → Look at its rights: ls -ld {name}",
    },
    "disk-fine": {"vi": "Đĩa còn trống {free}.", "en": "{free} free on the disk."},
    "disk-low": {"vi": "Đĩa sắp đầy, chỉ còn {free}. → Xóa bớt tệp.", "en": "The disk is nearly full: {free} left."},
    "disk-full": {"vi": "Đĩa đầy, chỉ còn {free}. → Xóa bớt tệp.", "en": "The disk is full: {free} left. → Make room."},
    "clock-fine": {"vi": "Giờ Việt Nam: {now}.", "en": "Time in Vietnam: {now}."},
    "clock-slow": {
        "vi": "Đồng hồ máy chạy chậm: {now}, mà {name} lại sửa sau lúc ấy. → Chỉnh lại ngày giờ.",
        "en": "The clock is slow: {now}, but {name} was changed after that. → Set the clock.",
    },
    "zone-missing": {
        "vi": "Máy không biết múi giờ Asia/Ho_Chi_Minh. → apt install tzdata",
        "en": "This machine does not know the time zone Asia/Ho_Chi_Minh. → apt install tzdata",
    },
    "today-fixed": {
        "vi": "CAMPAIGN_TODAY={found}: mọi bản dựng coi hôm nay là ngày ấy. → unset CAMPAIGN_TODAY",
        "en": "CAMPAIGN_TODAY={found}: every build takes that for today. → unset CAMPAIGN_TODAY",
    },
    "address-unset": {
        "vi": "Chưa đặt SITE_URL: bản dựng ghi địa chỉ thử http://localhost:8000/. Trước khi đăng thật thì phải đặt.",
        "en": "SITE_URL is not set: a build names the trial address http://localhost:8000/. Set it for the public.",
    },
    "build-at-work": {"vi": "Một lần dựng đang chạy.", "en": "A build is at work now."},
    "build-cut-short": {
        "vi": "Lần dựng trước bị ngắt giữa chừng. Trang đang đăng không sao; lần dựng sau tự dọn.",
        "en": "An earlier build was cut short. The published site is well; the next build tidies up.",
    },
    "site-aside": {
        "vi": "Máy tắt giữa lúc thay trang: trang đang bị để riêng. → campaign build, hoặc campaign rollback",
        "en": "The machine stopped while the site was changed: it stands aside. → campaign build, or campaign rollback",
    },
    "swap-fine": {"vi": "Trang được thay trong một bước.", "en": "The site is changed in one step."},
    "swap-renames": {
        "vi": "Ổ đĩa này không đổi chỗ thư mục được: trang được thay trong hai bước, hở một chớp mắt.",
        "en": "This disk cannot exchange folders: the site is changed in two steps, with a blink between them.",
    },
    "names-ascii": {
        "vi": "Máy ghi tên tệp bằng mã {found}, không phải UTF-8. → export LANG=C.UTF-8",
        "en": "File names are written in {found} and not in UTF-8. → export LANG=C.UTF-8",
    },
    "git-missing": {
        "vi": "Không thấy git: không lấy lại được bản cũ của tệp. → apt install git",
        "en": "There is no git: earlier states of files cannot be had back. → apt install git",
    },
    "history-missing": {
        "vi": "Thư mục này không có lịch sử git: không lấy lại được bản cũ của tệp.",
        "en": "This folder has no git history: earlier states of files cannot be had back.",
    },
    "git-fine": {"vi": "Có git và lịch sử của dự án.", "en": "Git and the history of the project are there."},
    "tests-missing": {
        "vi": "Chưa có {names}; chỉ lập trình viên cần. → make test",
        "en": "{names} is not here; only developers need it. → make test",
    },
    "summary-fine": {"vi": "Máy này dựng trang được.", "en": "This machine can build the site."},
    "summary-bad": {"vi": "{count} điều phải sửa.", "en": "{count} things to mend."},
}
_MARKS = {"fine": "✓", "note": "•", "bad": "✗"}


class _AtWork(Exception):
    """Raised when another process holds the lock: nobody waits for it here."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: ``state`` is ``fine``, ``note`` (works all the same) or ``bad``."""

    state: str
    code: str
    values: dict[str, str]

    def text(self, lang: str) -> str:
        """Gives the line that is printed."""
        return f"{_MARKS[self.state]} {_WORDS[self.code][lang].format_map(self.values)}"


def examine(project: Path, place: Path) -> Iterator[Finding]:
    """Looks at everything, in the order in which it should be mended; ``place`` is where the site stands."""
    looks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _python,
        lambda: _packages(project / "requirements/site.txt"),
        lambda: _bundled_files(project),
        lambda: _folders(project, place),
        lambda: _disk(place),
        lambda: _clock(project),
        _environment,
        lambda: _publication(place),
        lambda: _git(project),
        _programs_for_tests,
    )
    for look in looks:
        yield from look()


def main(project: Path, place: Path, lang: str) -> int:
    """Prints what was found; 1 when something must be mended."""
    bad = 0
    for finding in examine(project, place):
        bad += finding.state == "bad"
        print(finding.text(lang))
    print(_WORDS["summary-bad" if bad else "summary-fine"][lang].format(count=bad))
    return 1 if bad else 0


def _fine(code: str, **values: str) -> Finding:
    return Finding("fine", code, values)


def _note(code: str, **values: str) -> Finding:
    return Finding("note", code, values)


def _bad(code: str, **values: str) -> Finding:
    return Finding("bad", code, values)


def _python() -> Iterator[Finding]:
    found = ".".join(map(str, sys.version_info[:3]))
    yield (_bad if sys.version_info < OLDEST_PYTHON else _fine)(
        "python-old" if sys.version_info < OLDEST_PYTHON else "python-fine", found=found
    )


def _packages(lock: Path) -> Iterator[Finding]:
    if not lock.is_file():
        yield _bad("lock-missing")
        return
    wanted: dict[str, set[str]] = defaultdict(set)
    always: set[str] = set()
    entries = re.findall(r"^([\w.-]+)==([^\s;]+)(.*)$", lock.read_text(encoding="utf-8"), re.MULTILINE)
    for name, locked, marker in entries:
        wanted[name].add(locked)
        if ";" not in marker:  # what has a marker may not be for this machine
            always.add(name)
    missing, other = [], []
    for name, versions in wanted.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            missing += [name] if name in always else []
        else:
            other += [f"{name} {found}"] if found not in versions else []
    if missing:
        yield _bad("packages-missing", names=_listed(missing))
    if other:
        yield _note("packages-other", names=_listed(other))
    if not missing and not other:
        yield _fine("packages-fine", count=str(len(wanted)))


def _bundled_files(project: Path) -> Iterator[Finding]:
    listed = project / "requirements/vendored.yml"
    text = listed.read_text(encoding="utf-8") if listed.is_file() else ""
    wrong = [
        path
        for path, digest in re.findall(r"^    (\S+): ([0-9a-f]{64})$", text, re.MULTILINE)
        if not (project / path).is_file() or hashlib.sha256((project / path).read_bytes()).hexdigest() != digest
    ]
    yield _bad("files-changed", names=_listed(wrong), first=wrong[0]) if wrong else _fine("files-fine")


def _folders(project: Path, place: Path) -> Iterator[Finding]:
    needed = [project / "content", project / "data", place.parent, place, place.with_name(f".{place.name}.builds")]
    closed = [folder for folder in needed if folder.exists() and not os.access(folder, os.W_OK | os.X_OK)]
    yield from (_bad("folder-closed", name=str(folder)) for folder in closed)
    if not closed:
        yield _fine("folders-fine")


def _disk(place: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(_nearest(place)).free
    words = f"{free / 1_000_000_000:.1f} GB"
    if free < _FREE_BAD:
        yield _bad("disk-full", free=words)
    elif free < _FREE_LOW:
        yield _note("disk-low", free=words)
    else:
        yield _fine("disk-fine", free=words)


def _clock(project: Path) -> Iterator[Finding]:
    try:
        zone = ZoneInfo("Asia/Ho_Chi_Minh")
    except ZoneInfoNotFoundError:
        yield _bad("zone-missing")
        return
    now = datetime.now(timezone.utc)  # noqa: UP017 - an older Python must be able to tell that it is too old
    words = now.astimezone(zone).strftime("%H:%M %d/%m/%Y")
    newest = max((project / "data").rglob("*.yml"), key=lambda file: file.stat().st_mtime, default=None)
    if newest and newest.stat().st_mtime > time.time() + 3600:
        yield _bad("clock-slow", now=words, name=newest.name)
    else:
        yield _fine("clock-fine", now=words)


def _environment() -> Iterator[Finding]:
    if os.environ.get("CAMPAIGN_TODAY"):
        yield _note("today-fixed", found=os.environ["CAMPAIGN_TODAY"])
    if not os.environ.get("SITE_URL"):
        yield _note("address-unset")
    if sys.getfilesystemencoding().lower() != "utf-8":
        yield _note("names-ascii", found=sys.getfilesystemencoding())


def _publication(place: Path) -> Iterator[Finding]:
    builds = place.with_name(f".{place.name}.builds")
    if builds.is_dir():
        yield from _builds(builds, place)
    folder = _nearest(place)
    if os.access(folder, os.W_OK):
        with tempfile.TemporaryDirectory(prefix=".doctor-", dir=folder) as trial:
            one, other = Path(trial, "one"), Path(trial, "other")
            one.mkdir()
            other.mkdir()
            yield _fine("swap-fine") if exchange(one, other) else _note("swap-renames")


def _builds(builds: Path, place: Path) -> Iterator[Finding]:
    def waiting() -> None:
        raise _AtWork

    try:
        with alone(builds / "lock", waiting):
            left = {path.name for path in builds.iterdir()} & {"making", "next", "fresh", "back", "aside", "spent"}
    except _AtWork:
        yield _note("build-at-work")
    except OSError:  # told where folders are looked at
        return
    else:
        if "aside" in left and not place.exists():
            yield _bad("site-aside")
        elif left:
            yield _note("build-cut-short")


def _git(project: Path) -> Iterator[Finding]:
    if not shutil.which("git"):
        yield _bad("git-missing")
    elif not any((folder / ".git").exists() for folder in (project.resolve(), *project.resolve().parents)):
        yield _note("history-missing")
    else:
        yield _fine("git-fine")


def _programs_for_tests() -> Iterator[Finding]:
    """The names are those of requirements/ensure-chromium.sh and ensure-nginx.sh."""
    browsers = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    missing = [] if any(map(shutil.which, browsers)) else ["Chromium"]
    nginx = (Path("/usr/sbin/nginx"), Path(sys.prefix, "nginx/usr/sbin/nginx"))
    missing += [] if shutil.which("nginx") or any(path.is_file() for path in nginx) else ["nginx"]
    if missing:
        yield _note("tests-missing", names=", ".join(missing))


def _nearest(place: Path) -> Path:
    """Gives the folder in which ``place`` stands, or would be made."""
    return next(folder for folder in place.resolve().parents if folder.is_dir())


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


if __name__ == "__main__":
    _parser = argparse.ArgumentParser()
    _parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    sys.exit(main(Path(), Path("site").resolve(), _parser.parse_args().lang))
