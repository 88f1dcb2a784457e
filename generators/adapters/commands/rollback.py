"""Owns ``campaign rollback``: an earlier build of the site takes the place of the published one, or all are listed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generators.adapters.commands.words import MACHINE_REFUSED
from generators.adapters.publication import NoSuchBuild, Publication
from generators.problems import Language

_WORDS: dict[str, dict[Language, str]] = {
    "returned": {"vi": "Đã quay về bản dựng lúc {made}: {folder}", "en": "Returned to the build of {made}: {folder}"},
    "next": {
        "vi": "Hãy sửa chỗ sai trước lần dựng sau, vì lần ấy lấy lại dữ liệu mới.",
        "en": "Correct the mistake before the next build, for that takes the new data again.",
    },
    "one": {"vi": "{name}  dựng lúc {made}", "en": "{name}  built on {made}"},
    "none": {"vi": "Không có bản nào trước đó để quay về.", "en": "There is no earlier build to return to."},
    "unknown": {
        "vi": "Không có bản {name}. Gõ campaign rollback --list để xem các bản đang giữ.",
        "en": "There is no build {name}. Type campaign rollback --list to see those that are kept.",
    },
    "waiting": {
        "vi": "Một lần dựng đang chạy ở đây. Đang chờ nó xong.",
        "en": "A build is at work here. Waiting for it to end.",
    },
    "system": MACHINE_REFUSED,
}
_MOMENT: dict[Language, str] = {"vi": "%H:%M:%S ngày %d/%m/%Y", "en": "%d/%m/%Y at %H:%M:%S"}


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    choice = command.add_mutually_exclusive_group()
    choice.add_argument("--list", action="store_true", help="chỉ liệt kê các bản đang giữ")
    choice.add_argument("--to", default="", metavar="BẢN", help="tên bản muốn quay về (mặc định: bản ngay trước)")
    command.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
    command.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")
    command.add_argument("--output", type=Path, help="thư mục đặt trang (mặc định: site)")


def run(options: argparse.Namespace) -> int:
    """Lists the earlier builds, or returns to one of them; 2 when there is none or the machine refuses."""
    lang: Language = options.lang
    output = (options.output or options.project / "site").resolve()
    publication = Publication(output, lambda: print(_WORDS["waiting"][lang], file=sys.stderr))
    if options.list:
        for build in publication.kept():
            print(_WORDS["one"][lang].format(name=build.name, made=build.made.strftime(_MOMENT[lang])))
        return 0
    try:
        build = publication.roll_back(options.to)
    except NoSuchBuild:
        print(_WORDS["unknown" if options.to else "none"][lang].format(name=options.to), file=sys.stderr)
        return 2
    except OSError as error:
        print(_WORDS["system"][lang].format(reason=error), file=sys.stderr)
        return 2
    print(_WORDS["returned"][lang].format(made=build.made.strftime(_MOMENT[lang]), folder=output))
    print(_WORDS["next"][lang])
    return 0
