"""Owns the check of links that lead out of the site: where they are written, and whether anything answers there.

It asks politely: HEAD before GET, one request at a time to a host, few hosts at once, an end for each answer and for
all of them. What it finds says nothing about the content and stops no build: other people's servers have bad days.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

_ADDRESS = re.compile(r"https://[\w-]+(?:\.[\w-]+)+[^\s\"'<>`\[\](){}|\\^]+")
_READ = (".md", ".yml")
_AGENT = "campaign-links (link check of a public site; HEAD and GET only)"
_HOSTS_AT_ONCE = 8
_NO_HEAD = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one address.

    ``state`` is ``fine``, ``moved`` for good, ``dead``, ``silent``, or ``unasked`` when no time was left; ``told`` is
    where it moved to, the status, or the reason of the silence.
    """

    state: str
    told: str = ""


def written_addresses(project: Path) -> dict[str, list[str]]:
    """Gives each https address in ``data/`` and ``content/`` with the places (``path:line``) where it is written."""
    places: dict[str, list[str]] = defaultdict(list)
    files = (file for folder in ("data", "content") for file in sorted((project / folder).rglob("*")))
    for file in files:
        if file.suffix not in _READ or not file.is_file():
            continue
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, 1):
            if file.suffix == ".yml" and line.lstrip().startswith("#"):
                continue
            for found in _ADDRESS.findall(line):
                address = found.rstrip(".,;:!?*_…”’").partition("#")[0]
                places[address].append(f"{file.relative_to(project).as_posix()}:{number}")
    return {address: places[address] for address in sorted(places)}


def without(addresses: Mapping[str, list[str]], exceptions: Collection[str]) -> dict[str, list[str]]:
    """Gives the addresses that begin with none of the exceptions."""
    return {one: places for one, places in addresses.items() if not one.startswith(tuple(exceptions))}


def ask_all(
    addresses: Iterable[str], *, each: float, together: float, clock: Callable[[], float] = time.monotonic
) -> Iterator[tuple[str, Answer]]:
    """Gives the answer for each address, host by host; waits ``each`` seconds for one and ``together`` for all."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).netloc].append(address)
    end = clock() + together

    def ask_host(ones: list[str]) -> list[tuple[str, Answer]]:
        return [(one, ask(one, each) if clock() < end else Answer("unasked")) for one in ones]

    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        for answers in pool.map(ask_host, by_host.values()):
            yield from answers


def ask(address: str, timeout: float) -> Answer:
    """Asks one address, without following where it leads."""
    answer = _request(address, "HEAD", timeout)
    if answer.state == "dead" and int(answer.told) in _NO_HEAD:  # many servers know no HEAD
        answer = _request(address, "GET", timeout)
    return answer


class _Stay(HTTPRedirectHandler):
    """Follows nothing: where an address moved to is told, not visited."""

    def redirect_request(self, *_: object) -> None:
        return None


def _request(address: str, method: str, timeout: float) -> Answer:
    request = Request(address, method=method, headers={"User-Agent": _AGENT})  # noqa: S310 - https, by its pattern
    try:
        with build_opener(_Stay).open(request, timeout=timeout):
            return Answer("fine")
    except HTTPError as error:
        error.close()
        target = error.headers.get("Location", "")
        if error.code in {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}:
            return Answer("moved", target)
        return Answer("fine") if error.code < HTTPStatus.BAD_REQUEST else Answer("dead", str(error.code))
    except (URLError, OSError, ValueError) as error:
        return Answer("silent", str(getattr(error, "reason", error)))
