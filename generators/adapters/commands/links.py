"""Owns ``campaign links``: asks whether anything still answers where the content leads to. Never part of a build."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from generators.adapters.outside_links import Answer, ask_all, without, written_addresses
from generators.dataset import load_dataset
from generators.problems import ContentError, Language, Problems

_WORDS: dict[str, dict[Language, str]] = {
    "dead": {"vi": "{place}  Không còn trang này ({told}): {address}", "en": "{place}  Gone ({told}): {address}"},
    "silent": {"vi": "{place}  Không trả lời ({told}): {address}", "en": "{place}  No answer ({told}): {address}"},
    "moved": {
        "vi": "{place}  Đã chuyển hẳn: {address} → {told}",
        "en": "{place}  Moved for good: {address} → {told}",
    },
    "unasked": {"vi": "{place}  Chưa kịp hỏi: {address}", "en": "{place}  No time left to ask: {address}"},
    "unread": {
        "vi": "Chưa đọc được data/link-exceptions.yml. Hãy gõ campaign check.",
        "en": "data/link-exceptions.yml cannot be read yet. Type campaign check.",
    },
    "summary": {
        "vi": "{all} địa chỉ: {fine} còn, {moved} đã chuyển, {dead} mất, {silent} không trả lời, {unasked} chưa hỏi.",
        "en": "{all} addresses: {fine} fine, {moved} moved, {dead} gone, {silent} silent, {unasked} not asked.",
    },
}


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    command.add_argument("--each", type=_seconds, default=10.0, metavar="GIÂY", help="chờ mỗi địa chỉ nhiều nhất")
    command.add_argument("--together", type=_seconds, default=600.0, metavar="GIÂY", help="chờ tất cả nhiều nhất")
    command.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
    command.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{text}: 1–86400")
    return seconds


def run(options: argparse.Namespace) -> int:
    """Prints each address that does not answer as it should, with its places; 1 when any is gone."""
    lang: Language = options.lang
    try:
        exceptions = load_dataset(options.project, Problems()).link_exceptions
    except ContentError:
        print(_WORDS["unread"][lang])
        return 1
    addresses = without(written_addresses(options.project), exceptions)
    found: Counter[str] = Counter()
    for address, answer in ask_all(addresses, each=options.each, together=options.together):
        found[answer.state] += 1
        _tell(address, answer, addresses[address], lang)
    states = {state: found[state] for state in ("fine", "moved", "dead", "silent", "unasked")}
    print(_WORDS["summary"][lang].format(all=len(addresses), **states))
    return 1 if found["dead"] else 0


def _tell(address: str, answer: Answer, places: list[str], lang: Language) -> None:
    if answer.state != "fine":
        for place in places:
            print(_WORDS[answer.state][lang].format(place=place, address=address, told=answer.told), flush=True)
