"""The rules for servers, and that each server's file in ``deploy/`` says just what they say."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from generators.adapters.cli import main
from generators.adapters.compress import compress_site
from generators.hosting.apache import apache_conf
from generators.hosting.caddy import caddyfile
from generators.hosting.nginx import nginx_files, nginx_moved
from generators.hosting.recipes import recipe_files
from generators.hosting.rules import (
    CACHING,
    COMPRESSED,
    CONTENT_SECURITY_POLICY,
    HEADERS,
    HIDDEN,
    MEDIA_TYPES,
    PLACE,
    SHARED,
    headers_for,
)
from generators.hosting.static_hosts import headers_file, moved_file

SERVERS = {
    "nginx": "\n".join(nginx_files().values()),
    "caddy": caddyfile(),
    "apache": apache_conf(),
    "static hosts": headers_file(),
}


def test_the_policy_allows_nothing_inline_and_nobody_else() -> None:
    parts = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert parts["default-src"] == "'none'"
    assert set(" ".join(parts.values()).split()) == {"'none'", "'self'", "data:"}
    assert [name for name, value in parts.items() if "data:" in value] == ["img-src"]


@pytest.mark.parametrize("server", SERVERS)
def test_every_server_sends_every_header_and_rule(server: str) -> None:
    text = SERVERS[server]
    missing = [f"{name} {value}" for name, value in HEADERS.items() if name not in text or value not in text]
    missing += [start for start, value in CACHING.items() if start not in text or value not in text]
    missing += [start for start in SHARED if start not in text]
    assert missing == []


@pytest.mark.parametrize("server", ["nginx", "caddy", "apache"])
def test_every_server_knows_every_type_and_hides_what_is_its_own(server: str) -> None:
    text = SERVERS[server].replace("\\", "")
    assert [ending for ending, kind in MEDIA_TYPES.items() if kind.partition(";")[0] not in text] == []
    assert [name for name in HIDDEN if name not in text] == []
    assert PLACE in text


def test_static_hosts_get_no_header_twice_for_one_address() -> None:
    """They join the values of both rules."""
    blocks = re.findall(r"^(/\S*)\n((?:  .+\n)+)", headers_file(), re.MULTILINE)
    for path, lines in blocks:
        for other, other_lines in blocks:
            if path != other and other.startswith(path.rstrip("*")):
                names = [{line.split(":")[0].strip() for line in text.splitlines()} for text in (lines, other_lines)]
                assert not names[0] & names[1], (path, other)


def test_headers_depend_on_where_a_file_stands() -> None:
    assert headers_for("/")["Cache-Control"] == "no-cache"
    assert headers_for("/assets/fonts/x.woff2")["Cache-Control"] == CACHING["/assets/fonts/"]
    assert "Access-Control-Allow-Origin" not in headers_for("/tin-tuc/")
    assert headers_for("/api/v1/index.json")["Access-Control-Allow-Origin"] == "*"


def test_moved_addresses_are_written_for_each_server() -> None:
    moved = [("/cu/", "/moi/")]
    assert moved_file(moved).splitlines()[1:] == ["/cu/ /moi/ 301"]
    assert nginx_moved(moved).splitlines()[1:] == ["/cu/ /moi/;"]


def test_the_files_of_deploy_are_made_from_the_rules(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hosting", "--check", "--project", str(root)]) == 0, capsys.readouterr().out


def test_a_stale_file_is_told_and_written_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hosting", "--project", str(tmp_path)]) == 0
    assert main(["hosting", "--check", "--project", str(tmp_path)]) == 0
    stale = tmp_path / "deploy" / "caddy" / "Caddyfile"
    stale.write_text("mine", encoding="utf-8")
    capsys.readouterr()
    assert main(["hosting", "--check", "--project", str(tmp_path), "--lang", "en"]) == 1
    assert capsys.readouterr().out == "Out of date, run campaign hosting: deploy/caddy/Caddyfile\n"
    assert main(["hosting", "--project", str(tmp_path)]) == 0
    assert stale.read_text(encoding="utf-8") == recipe_files()["deploy/caddy/Caddyfile"]


@pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not installed here")
def test_caddy_takes_its_file(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "_redirects").write_text(moved_file([("/cu/", "/moi/")]), encoding="utf-8")
    file = tmp_path / "Caddyfile"
    file.write_text(caddyfile().replace(PLACE, str(site)), encoding="utf-8")
    done = subprocess.run(["caddy", "adapt", "--config", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("apache2") is None, reason="Apache is not installed here")
def test_apache_takes_its_file(tmp_path: Path) -> None:
    names = ("authz_core", "deflate", "dir", "filter", "headers", "mime", "mpm_event", "rewrite", "alias")
    modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in names)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "_redirects").touch()
    host = re.sub(r" *SSL.*\n", "", apache_conf()).replace(PLACE, str(tmp_path / "site"))
    main_file = tmp_path / "apache.conf"
    main_file.write_text(f"ServerRoot {tmp_path}\nServerName x\n{modules}{host}", encoding="utf-8")
    done = subprocess.run(["apache2", "-t", "-f", str(main_file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_compressed_copies_are_made_where_they_are_smaller_and_always_the_same(tmp_path: Path) -> None:
    for name, content in {"a.html": b"x" * 2000, "b.txt": b"x", "c.png": b"x" * 2000, "d.unknown": b"x" * 9}.items():
        (tmp_path / name).write_bytes(content)
    compress_site(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(made) == {"a.html", "a.html.br", "a.html.gz", "b.txt", "c.png", "d.unknown"}
    compress_site(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == made


def test_every_kind_of_file_of_the_site_has_a_type(built_site: Path) -> None:
    endings = {path.suffix.lstrip(".") for path in built_site.rglob("*") if path.is_file()} - {"", "nginx"}
    assert endings - MEDIA_TYPES.keys() == set()
    assert set(COMPRESSED) <= MEDIA_TYPES.keys()
