"""Owns how the live preview is measured: from the saving of an edit to the new page in the hand of who looks at it.

It is asked as the script in an open page asks: one request waits for news, the next one gets the page. Nothing is drawn
here, so what a browser needs to draw the page is not counted.
"""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from generators.adapters.bench.accounts import Account, ChildFailed, processor_seconds, shared_memory, told_last
from generators.adapters.preview.app import FOLDER

_EDITS = 5  # the middle one counts: the first finds nothing warm
_READY = 900  # seconds until the first page must be there
_HEARD = 120  # seconds until an edit must be
_ENDED = 60


def measure_live(command: Sequence[str], folder: Path, page: str, edit: Callable[[], object]) -> Account:
    """Runs the live preview, whose command lacks the port only, and gives the account of one edit of ``page``.

    ``edit`` saves another change of that page each time. Raises :class:`ChildFailed` when the preview does not show it.
    """
    (port,) = free_ports(1)
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(  # noqa: S603 - our own command, in an argument list
            [*command, "--port", str(port)],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            reader = _Reader(f"http://127.0.0.1:{port}", page, lambda: child.poll() is None)
            reader.open()
            accounts = [_account(child.pid, reader, edit) for _ in range(_EDITS)]
        except _NotShown as error:
            raise ChildFailed(f"{error} {told_last(said)}".strip()) from error
        finally:
            _end(child)
    return Account(
        median(one.wall for one in accounts),
        median(one.cpu for one in accounts),
        max(one.largest for one in accounts),
        max(one.together for one in accounts),
    )


def free_ports(count: int) -> list[int]:
    """Gives so many ports of the loopback address that nobody listens on. Raises ``OSError``."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]  # all at once: none is given twice
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


class _NotShown(RuntimeError):
    """Raised when the preview did not answer, or not with another page."""


class _Reader:
    """Who has one page of the preview open; ``lives`` tells whether the preview still runs."""

    def __init__(self, root: str, page: str, lives: Callable[[], bool]) -> None:
        self._root = root
        self._page = page
        self._lives = lives
        self._seen = 0
        self._pages = 0
        self._content = b""

    def open(self) -> None:
        """Waits until the page is there, and reads it."""
        over = time.monotonic() + _READY
        while self._lives() and time.monotonic() < over:
            with suppress(URLError, ConnectionError, TimeoutError):
                self._ask(0)
                self._content = self._get(self._page)
                return
            time.sleep(0.1)
        raise _NotShown(self._page)

    def wait_for_another(self) -> None:
        """Waits for a newer page than the one read last, and reads it."""
        before, over = self._pages, time.monotonic() + _HEARD
        try:
            while self._pages == before and time.monotonic() < over:
                self._ask(self._seen)
            content = self._get(self._page)
        except (URLError, ConnectionError, TimeoutError) as error:
            raise _NotShown(str(error)) from error
        if _words(content) == _words(self._content):
            raise _NotShown(self._page)
        self._content = content

    def _ask(self, seen: int) -> None:
        state = json.loads(self._get(f"{FOLDER}state?seen={seen}"))
        self._seen, self._pages = state["version"], state["pages"]

    def _get(self, path: str) -> bytes:
        with urlopen(self._root + path, timeout=_HEARD) as answer:  # noqa: S310 - our own server on this machine
            content: bytes = answer.read()
        return content


def _words(page: bytes) -> bytes:
    """Gives a page from its body on: before that stands the number of the build."""
    return page.partition(b"<body")[2]


def _account(pid: int, reader: _Reader, edit: Callable[[], object]) -> Account:
    used, started = processor_seconds(pid), time.perf_counter()
    edit()
    reader.wait_for_another()
    wall = time.perf_counter() - started
    held = shared_memory(pid)
    return Account(wall, processor_seconds(pid) - used, held, held)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(_ENDED)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
