"""The recipes of ``deploy/``: each is taken by the program that it is written for, as far as that is here."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
import yaml

from generators.adapters.cli import main
from generators.hosting.rules import HOST, PLACE
from site_tests.kill_builds import tree_hash
from site_tests.nginx import brotli_module, find_nginx

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"


def run(*command: object, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload]


@pytest.mark.parametrize("recipe", ["github/pages.yml", "gitlab/pages.yml"])
def test_a_workflow_is_yaml_and_its_build_has_an_address(recipe: str) -> None:
    text = (DEPLOY / recipe).read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    assert "SITE_URL" in text


def commands_of(text: str) -> list[str]:
    return re.findall(r"campaign (?:build|rollback)[^\n`,;]*", text)


def test_the_commands_of_the_recipes_are_commands(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Each is tried in an empty folder, where a command that is understood says that there is no project."""
    found = [
        (file.name, command)
        for file in sorted(path for path in DEPLOY.rglob("*") if path.is_file())
        for command in commands_of(file.read_text(encoding="utf-8"))
        if "--" in command
    ]
    assert len(found) >= 6
    for name, command in found:
        code = main([*command.split()[1:], "--project", str(tmp_path)])
        assert code == 2, (name, command)
        assert "usage" not in capsys.readouterr().err, (name, command)


def test_the_nightly_build_comes_at_five_past_midnight_in_vietnam() -> None:
    assert "OnCalendar=*-*-* 00:05:00 Asia/Ho_Chi_Minh" in (DEPLOY / "systemd/bdhvs.timer").read_text("utf-8")
    for recipe in ("cron/bdhvs", "github/pages.yml"):
        assert "5 17 * * *" in (DEPLOY / recipe).read_text("utf-8"), "17:05 UTC is 00:05 in Vietnam"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_takes_the_timer() -> None:
    done = run("systemd-analyze", "calendar", "*-*-* 00:05:00 Asia/Ho_Chi_Minh", env={**os.environ, "TZ": "UTC"})
    assert done.returncode == 0, done.stderr
    assert re.search(r"17:05:00 UTC", done.stdout), done.stdout


@pytest.mark.parametrize("recipe", sorted(path.relative_to(DEPLOY).as_posix() for path in DEPLOY.rglob("*.sh")))
def test_a_script_is_plain_shell(recipe: str) -> None:
    assert run("sh", "-n", DEPLOY / recipe).returncode == 0


def test_nginx_takes_the_configuration_of_the_container(tmp_path: Path) -> None:
    shutil.copytree(DEPLOY / "nginx" / "bdhvs", tmp_path / "bdhvs")
    if brotli_module() is None:
        (tmp_path / "bdhvs" / "brotli.conf").unlink()
    module = f"load_module {brotli_module()};\n" if brotli_module() else ""
    text = (DEPLOY / "container" / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("/tmp/", f"{tmp_path}/")  # noqa: S108 - before the module's own path comes in
    text = text.replace("include /etc/nginx/modules-enabled/*.conf;\n", module)
    (tmp_path / "nginx.conf").write_text(text, encoding="utf-8")
    done = run(find_nginx(), "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "log")
    assert done.returncode == 0, done.stderr


def test_the_recipes_speak_of_one_host_and_one_place() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.is_file()}
    assert all(PLACE in texts[name] for name in ("bdhvs.service", "bdhvs.conf", "Caddyfile", "Containerfile", "bdhvs"))
    assert all(HOST in texts[name] for name in ("bdhvs.service", "bdhvs.conf", "Caddyfile", "README.md", "bdhvs"))


def test_the_readme_names_every_recipe() -> None:
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in DEPLOY.iterdir() if path.is_dir() and f"{path.name}/" not in text] == []


@pytest.fixture
def push(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """The folder that plays the server, and the environment in which the way to it is a plain shell on this machine."""
    shell = tmp_path / "ssh"
    shell.write_text('#!/bin/sh\nshift\nexec sh -c "$*"\n', encoding="utf-8")
    shell.chmod(shell.stat().st_mode | stat.S_IXUSR)
    return tmp_path / "server", {**os.environ, "RSYNC_RSH": str(shell)}


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed here")
def test_a_pushed_site_takes_its_place_in_one_rename(push: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    server, environment = push
    hashes = []
    for number in (1, 2):
        site = tmp_path / f"site{number}"
        site.mkdir()
        (site / "sitemap.xml").write_text("<urlset/>", encoding="utf-8")
        (site / "index.html").write_text(f"bản {number}", encoding="utf-8")
        done = run("sh", DEPLOY / "rsync/push.sh", "server", site, server, env=environment)
        assert done.returncode == 0, done.stderr
        assert (server / "site").is_symlink()
        hashes.append(tree_hash(site))
        assert tree_hash(server / "site") == hashes[-1]
        earlier = f"2026010{number}-000000"  # as if a day lay between the two
        (server / "site").resolve().rename(server / "builds" / earlier)
        (server / "site").unlink()
        (server / "site").symlink_to(f"builds/{earlier}")
    done = run("sh", DEPLOY / "rsync/push.sh", "--back", "server", "site", server, env=environment)
    assert done.returncode == 0, done.stderr
    assert tree_hash(server / "site") == hashes[0]
    done = run("sh", DEPLOY / "rsync/push.sh", "--back", "server", "site", server, env=environment)
    assert (done.returncode, done.stderr) == (1, "there is no build before\n")


def test_a_folder_without_a_site_is_not_pushed(push: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    server, environment = push
    done = run("sh", DEPLOY / "rsync/push.sh", "server", tmp_path, server, env=environment)
    assert done.returncode == 2
    assert not server.exists()
