"""The commands check, build and serve as an editor meets them: exit codes, languages, folders left unharmed."""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generators.adapters import inputs
from generators.adapters.cli import COMMANDS, main
from generators.adapters.publication import Publication
from generators.dataset import kept
from site_tests.small_project import BASE
from site_tests.strange_machine import as_another_user
from site_tests.test_build import tree

CAMPAIGN = Path(sys.executable).parent / "campaign"
DAY = "2026-11-22"
PLAN = "data/plans/xa-thu-2025.yml"

Outcome = tuple[int, str, str]
Run = Callable[..., Outcome]


def lay_out_small(root: Path, project: Path) -> Path:
    """Lays the smallest valid project out with the theme, words and settings of the real one: a build takes seconds."""
    shutil.copytree(BASE, project)
    shutil.copytree(root / "theme_overrides", project / "theme_overrides")
    shutil.copy(root / "mkdocs.yml", project)
    shutil.copy(root / "data" / "words.yml", project / "data")
    for page in ("gioi-thieu.md", "en/about.md"):  # the menu leads there
        text = (root / "content" / page).read_text(encoding="utf-8")
        text = text.replace("vinh-linh-2025", "xa-thu-2025").replace("link-banner nen-tang", "link-banner hoc-thu")
        (project / "content" / page).write_text(text, encoding="utf-8")
    (project / "generators" / "render").mkdir(parents=True)
    (project / "generators" / "render" / "templates").symlink_to(root / "generators" / "render" / "templates")
    return project


@pytest.fixture(scope="module")
def small(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, which no test may change."""
    return lay_out_small(root, tmp_path_factory.mktemp("small") / "project")


@pytest.fixture(scope="module")
def built_small(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("published") / "site"
    code, _, complaints = start("build", "--project", small, "--output", output, "--today", "22/11/2026")
    assert code == 0, complaints
    return output


@pytest.fixture
def project(small: Path, tmp_path: Path) -> Path:
    """A copy of the small project that a test may break."""
    return Path(shutil.copytree(small, tmp_path / "project", symlinks=True))


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command as a function, for what needs no process: its exit code, output and complaints."""
    monkeypatch.setenv("CAMPAIGN_TODAY", DAY)

    def run(*arguments: object) -> Outcome:
        try:
            code = main([str(part) for part in arguments])
        except SystemExit as error:  # how argparse refuses
            code = int(error.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def start(*arguments: object, **environment: str) -> Outcome:
    """The command as a program."""
    done = subprocess.run(
        [str(CAMPAIGN), *map(str, arguments)],
        env={**os.environ, "CAMPAIGN_TODAY": DAY, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stdout + done.stderr
    return done.returncode, done.stdout, done.stderr


def spoil(project: Path, path: str, old: str, new: str) -> None:
    file = project / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_fine_project_checks_with_zero(small: Path, call: Run) -> None:
    assert call("check", "--project", small) == (0, "Không có lỗi.\n", "")
    assert call("check", "--project", small, "--lang", "en") == (0, "No errors.\n", "")


@pytest.mark.parametrize("command", ["check", "build", "serve"])
@pytest.mark.parametrize(("lang", "words"), [("vi", "thư mục của dự án."), ("en", "in the project folder.")])
def test_a_folder_without_a_project_is_wrong_use(
    command: str, lang: str, words: str, tmp_path: Path, call: Run
) -> None:
    code, said, complaint = call(command, "--project", tmp_path, "--lang", lang)
    assert (code, said) == (2, "")
    assert words in complaint
    assert str(tmp_path) in complaint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dựng",),
        ("check", "--lang", "fr"),
        ("check", "--today", "31/02/2026"),
        ("check", "--today", "mai"),
        ("serve", "--port", "99999"),
        ("serve", "--port", "cổng"),
        ("serve", "--port", "0"),
        ("check", "--no-sample"),
        ("build", "--keep", "-1"),
        ("build", "--keep", "nhiều"),
        ("rollback", "--list", "--to", "20261122-090000"),
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_two_and_says_how(arguments: tuple[str, ...], call: Run) -> None:
    code, said, complaint = call(*arguments)
    assert (code, said) == (2, "")
    assert complaint.startswith("usage: campaign")


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_a_wrong_day_in_the_environment_is_wrong_use(
    command: str, small: Path, call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMPAIGN_TODAY", "22/11/2026")
    code, said, complaint = call(command, "--project", small)
    assert code == 2
    assert complaint.endswith("CAMPAIGN_TODAY=22/11/2026: yyyy-mm-dd\n")
    assert "http" not in said


def test_today_decides_what_lies_in_the_future(root: Path, call: Run) -> None:
    """The sample unit reports until autumn 2026; before that, its reports are noted as of days to come."""
    early = [call("check", "--project", root, "--today", day) for day in ("01/01/2026", "2026-01-01")]
    assert early[0] == early[1]
    code, said, _ = early[0]
    assert (code, "future]" in said, "2026-q3/xa-mau.yml" in said) == (0, True, True), said
    code, said, _ = call("check", "--project", root, "--today", "22/11/2026")
    assert (code, "future]" in said) == (0, False), said


def complaints_of(said: str) -> list[str]:
    """The first line of each complaint, without the lines that show where and how."""
    return [line for line in said.splitlines() if re.match(r"\S+:\d+:\d+  \[[a-z0-9-]+\]  \S", line)]


FAULTS = {
    "a name that leads nowhere": lambda project: spoil(project, PLAN, "unit: xa-thu\n", "unit: xa-tu\n"),
    "bytes that are no text": lambda project: (project / PLAN).write_bytes(b"\xff\xfe\x00"),
    "a page that is no text": lambda project: (project / "content/bat-dau.md").write_bytes(b"\xff\xfe\x00"),
    "an empty file": lambda project: (project / "data/campaign.yml").write_bytes(b""),
    "no phrases": lambda project: (project / "data/words.yml").write_bytes(b""),
    "a list for a mapping": lambda project: (project / PLAN).write_text("- a\n", encoding="utf-8"),
    "YAML that breaks off": lambda project: (project / PLAN).write_text("title: [x\n", encoding="utf-8"),
    "a missing file": lambda project: (project / "data/campaign.yml").unlink(),
    "a folder with a file's name": lambda project: (project / "data/plans/thu-muc.yml").mkdir(),
    "front matter that never ends": lambda project: (project / "content/bat-dau.md").write_text("---\na: 1\n", "utf-8"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_content_is_told_and_never_raised(fault: str, project: Path, call: Run) -> None:
    FAULTS[fault](project)
    code, said, complaint = call("check", "--project", project)
    assert code == 1
    assert complaint == ""
    problems = complaints_of(said)
    assert problems and all(line.startswith(("data", "content")) for line in problems), said
    assert said.splitlines()[-1] == f"{len(problems)} lỗi, 0 lưu ý."


def test_several_faults_are_told_at_once(project: Path, call: Run) -> None:
    spoil(project, PLAN, "at_least: 80%", "at_leest: 80%")
    (project / "content/bat-dau.md").write_text("không có phần đầu\n", encoding="utf-8")
    (project / "data/groups.yml").write_text("a: 1\na: 2\n", encoding="utf-8")
    code, said, _ = call("check", "--project", project, "--lang", "en")
    assert code == 1
    assert {line.split(":")[0] for line in complaints_of(said)} >= {PLAN, "content/bat-dau.md", "data/groups.yml"}
    assert said.splitlines()[-1].endswith(" errors, 0 warnings.")


@pytest.mark.build
def test_a_check_opens_what_was_touched_since_the_last_build_and_nothing_else(
    project: Path, call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "_JUST_NOW", 0)
    opened: list[str] = []
    read = kept.read_bytes
    monkeypatch.setattr(kept, "read_bytes", lambda root, path, most: opened.append(path) or read(root, path, most))
    assert call("build", "--project", project)[0] == 0
    opened.clear()
    assert call("check", "--project", project) == (0, "Không có lỗi.\n", "")
    assert opened == []
    before = (project / PLAN).stat()
    spoil(project, PLAN, "officials-2025", "officials_2025")
    os.utime(project / PLAN, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (project / PLAN).stat().st_size == before.st_size
    code, said, _ = call("check", "--project", project)
    assert code == 1 and PLAN in said
    (project / "mkdocs.yml").unlink()
    assert call("check", "--project", project)[:2] == (code, said), "where there is a doubt, all is read"
    assert len(opened) > 5
    spoil(project, PLAN, "officials_2025", "officials-2025")
    shutil.rmtree(project / "site")
    shutil.rmtree(project / ".site.builds")
    assert call("check", "--project", project)[0] == 0


@pytest.mark.build
def test_a_build_gives_zero_and_names_the_folder(small: Path, built_small: Path) -> None:
    assert (built_small / "index.html").is_file()
    assert (built_small / "ke-hoach" / "xa-thu-2025" / "index.html").is_file()
    code, said, _ = start("build", "--project", small, "--output", built_small, "--lang", "en")
    assert (code, said) == (0, f"Built: {built_small}\n")
    assert sorted(path.name for path in built_small.parent.iterdir()) == [".site.builds", "site"]
    kept = sorted(path.name for path in (built_small.parent / ".site.builds").iterdir())
    standing = f"{built_small.stat().st_ino}.standing"
    assert kept == [standing, "inputs.txt", "lock", "made-from.json", "parts.sqlite", "search"]


@pytest.mark.build
def test_leftovers_of_a_killed_build_are_tidied_and_the_site_comes_back(
    project: Path, built_small: Path, tmp_path: Path
) -> None:
    """Killed between the two renames: the old site stands aside and none stands in its place."""
    shutil.copytree(built_small, tmp_path / ".site.builds" / "aside")
    (tmp_path / ".site.builds" / "making" / "half").mkdir(parents=True)
    spoil(project, PLAN, "unit: xa-thu\n", "unit: xa-tu\n")
    code, said, complaint = start("build", "--project", project, "--output", tmp_path / "site")
    assert code == 1
    assert f"{PLAN}:2:7  [reference-unknown]" in said
    assert complaint.endswith("Trang đang đăng vẫn giữ nguyên.\n")
    assert tree(tmp_path / "site") == tree(built_small)
    assert [path.name for path in (tmp_path / ".site.builds").iterdir()] == ["lock"]


@pytest.mark.build
def test_a_template_that_fails_leaves_the_published_folder(project: Path, built_small: Path, tmp_path: Path) -> None:
    output = Path(shutil.copytree(built_small, tmp_path / "site"))
    (output / "mine.txt").write_text("x", encoding="utf-8")
    before = tree(output)
    spoil(project, "theme_overrides/base.html", "{{ frame.head }}", "")
    done = subprocess.run(
        [str(CAMPAIGN), "build", "--project", str(project), "--output", str(output)],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    assert done.returncode != 0
    assert tree(output) == before
    assert [path.name for path in (tmp_path / ".site.builds").iterdir()] == ["lock"]


def fill_disk() -> None:
    """Lets this process write no file larger than 20 kB: what a full disk does, without filling one."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


@pytest.mark.build
@pytest.mark.parametrize("fault", ["a full disk", "a file that cannot be read", "Ctrl+C"])
def test_what_stops_a_build_half_way_leaves_the_published_folder(
    fault: str, project: Path, built_small: Path, tmp_path: Path
) -> None:
    output = Path(shutil.copytree(built_small, tmp_path / "site"))
    before = tree(output)
    before_it: list[str] = []
    if fault == "a file that cannot be read":
        (project / "theme_overrides/assets/img/favicon.svg").chmod(0)
        if os.geteuid() == 0:  # root reads everything, but not in a namespace where it is somebody else
            before_it = as_another_user() or pytest.skip("root reads every file here")
    with subprocess.Popen(
        [*before_it, str(CAMPAIGN), "build", "--project", str(project), "--output", str(output)],
        env={**os.environ, "CAMPAIGN_TODAY": "2026-11-23"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=fill_disk if fault == "a full disk" else None,
    ) as build:
        if fault == "Ctrl+C":
            making = tmp_path / ".site.builds" / "making"
            while build.poll() is None and not (making.is_dir() and any(making.iterdir())):
                time.sleep(0.01)
            build.send_signal(signal.SIGINT)
        said, complaint = build.communicate(timeout=120)
    assert build.returncode == {"Ctrl+C": 130}.get(fault, 2), said + complaint
    assert "Traceback" not in complaint
    assert complaint.startswith("Đã dừng." if fault == "Ctrl+C" else "Máy không cho làm việc này: "), complaint
    assert fault == "Ctrl+C" or complaint.endswith("Trang đang đăng vẫn giữ nguyên.\n")
    assert tree(output) == before
    assert {path.name for path in (tmp_path / ".site.builds").glob("*")} <= {"lock"}


def test_a_full_disk_is_told_in_plain_words(
    small: Path, tmp_path: Path, call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Publication, "publish", refuse)
    code, said, complaint = call("build", "--project", small, "--output", tmp_path / "site")
    assert (code, said) == (2, "")
    assert complaint.startswith("Đĩa đầy, không đủ chỗ dựng trang.")


@pytest.mark.build
def test_an_earlier_build_returns(small: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    trees = []
    for day in ("22/11/2026", "23/11/2026"):
        code, _, complaint = start("build", "--project", small, "--output", output, "--today", day)
        assert code == 0, complaint
        trees.append(tree(output))
        os.utime(output, (1_764_000_000, 1_764_000_000 + len(trees)))
    assert trees[0] != trees[1]
    code, said, _ = start("rollback", "--output", output, "--list")
    assert (code, said) == (0, "20251124-230001  dựng lúc 23:00:01 ngày 24/11/2025\n")
    code, said, _ = start("rollback", "--output", output)
    assert code == 0
    assert said.startswith(f"Đã quay về bản dựng lúc 23:00:01 ngày 24/11/2025: {output}\n")
    assert tree(output) == trees[0]
    code, said, complaint = start("rollback", "--output", output)
    assert (code, said, complaint) == (2, "", "Không có bản nào trước đó để quay về.\n")
    code, said, complaint = start("rollback", "--output", output, "--to", "x", "--lang", "en")
    assert (code, said) == (2, "")
    assert complaint.startswith("There is no build x.")
    code, _, _ = start("rollback", "--output", output, "--to", "20251124-230002")
    assert (code, tree(output)) == (0, trees[1])


def test_somebody_elses_folder_is_refused_before_anything_is_read(project: Path, tmp_path: Path, call: Run) -> None:
    foreign = tmp_path / "anh"
    foreign.mkdir()
    (foreign / "nha.jpg").write_bytes(b"x")
    file = tmp_path / "tep"
    file.write_bytes(b"x")
    before = tree(tmp_path)
    for output in (foreign, project, project / "data", project.parent, file):
        code, said, complaint = call("build", "--project", project, "--output", output)
        assert (code, said) == (2, ""), output
        assert complaint.startswith("Không dựng vào "), output
    code, said, complaint = call("build", "--project", project, "--output", file / "site")
    assert (code, said) == (2, "")
    assert complaint.startswith("Máy không cho làm việc này: ")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("settings", ["site_name: [x\n", "site_name: x\n", "site_name: x\nplugins: [la]\n"])
@pytest.mark.parametrize("command", ["build", "serve"])
@pytest.mark.build
def test_wrong_settings_are_told_without_a_traceback(command: str, settings: str, project: Path) -> None:
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    code, said, complaint = start(command, "--project", project)
    assert code in {1, 2}
    assert (said + complaint).strip()
    assert not (project / "site").exists()


@pytest.mark.build
def test_a_port_that_is_taken_is_said(small: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, _, complaint = start("serve", "--project", small, "--port", taken.getsockname()[1])
    assert code == 2
    assert "Máy không cho làm việc này: " in complaint


def test_a_phrase_that_pages_need_and_that_was_taken_away_is_named(call: Run, project: Path) -> None:
    words = project / "data/words.yml"
    kept = [line for line in words.read_text(encoding="utf-8").splitlines(True) if not line.startswith("shell-skip:")]
    words.write_text("".join(kept), encoding="utf-8")
    code, said, _ = call("build", "--project", project, "--output", project / "site")
    assert code == 1
    assert 'data/words.yml:1:1  [phrase-missing]  Thiếu cụm từ "shell-skip"' in said
    assert not (project / "site").exists()


def test_the_list_of_commands_names_each_and_opens_no_room(capsys: pytest.CaptureFixture[str]) -> None:
    script = "import sys, atexit; atexit.register(lambda: print(*sys.modules)); sys.argv = ['campaign', '--help']"
    command = [sys.executable, "-c", f"{script}; from generators.adapters.cli import run; run()"]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert not re.findall(r"generators\.(?:pipeline|adapters\.commands\S*)", told)
    for name, text in COMMANDS.items():
        assert re.search(rf"^ +{name} +{re.escape(text[:20])}", told, re.MULTILINE)
        with pytest.raises(SystemExit, match="0"):
            main([name, "--help"])
        assert text.split()[0] in capsys.readouterr().out
