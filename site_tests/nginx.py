"""A real nginx on the loopback address, with the configuration that ``deploy/nginx`` ships.

Owns: finding nginx, and the few lines around the shipped files that let it run for one test without root's places. The
only changes made to the shipped files: where the site stands, which ports are listened on, and that no certificate is
asked for. Holds no assertion.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generators.adapters.bench.live import free_ports
from generators.hosting.rules import PLACE

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "deploy" / "nginx"
UNPACKED = Path(sys.executable).parent.parent / "nginx"  # see requirements/ensure-nginx.sh
_MODULE = "ngx_http_brotli_static_module.so"


def find_nginx() -> Path:
    """The path of nginx; raises FileNotFoundError with what to do where there is none."""
    for place in (shutil.which("nginx"), "/usr/sbin/nginx", UNPACKED / "usr/sbin/nginx"):
        if place and Path(place).is_file():
            return Path(place)
    raise FileNotFoundError("No nginx: run `make test`, or `apt install nginx-light`")


def brotli_module() -> Path | None:
    """The path of the module that sends .br files, where it is there for the nginx that is used."""
    places = (UNPACKED / "usr/lib/nginx/modules" / _MODULE, Path("/usr/lib/nginx/modules") / _MODULE)
    own = places[0] if find_nginx().is_relative_to(UNPACKED) else places[1]
    return own if own.is_file() else None


def lay_out(folder: Path, site: Path, ports: tuple[int, int]) -> Path:
    """Copies the shipped files into ``folder`` beside a main file; gives that. ``ports``: of http and of https."""
    shutil.copytree(SHIPPED, folder, dirs_exist_ok=True)
    module = brotli_module()
    if module is None:
        (folder / "bdhvs" / "brotli.conf").unlink()
    for file in folder.rglob("*.conf"):
        file.write_text(_for_test(file.read_text(encoding="utf-8"), site, ports), encoding="utf-8")
    temporary = "".join(
        f"{name}_temp_path {folder}/temp;\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "nginx.conf"
    main.write_text(
        (f"load_module {module};\n" if module else "")
        + f"user root;\nworker_processes 1;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        + f"http {{\naccess_log off;\n{temporary}include conf.d/*.conf;\n}}\n",
        encoding="utf-8",
    )
    return main


def _for_test(text: str, site: Path, ports: tuple[int, int]) -> str:
    text = text.replace(PLACE, str(site))
    text = re.sub(r"^ *listen \[::\].*\n|^ *ssl_.*\n", "", text, flags=re.MULTILINE)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{ports[0]};")
    return text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{ports[1]};")


@contextmanager
def running_nginx(folder: Path, site: Path) -> Iterator[tuple[int, int]]:
    """Runs nginx on ``site`` with its files in ``folder``; gives the ports of http and of what is public https."""
    http, https = free_ports(2)
    main = lay_out(folder, site, (http, https))
    command = [str(find_nginx()), "-p", str(folder), "-c", str(main), "-e", str(folder / "error.log")]
    with subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.PIPE, text=True) as server:
        try:
            _wait(server, https)
            yield http, https
        finally:
            server.terminate()
            server.communicate(timeout=20)


def _wait(server: subprocess.Popen[str], port: int) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            if server.poll() is not None or time.monotonic() > end:
                assert server.stderr is not None
                raise RuntimeError(f"nginx does not run: {server.stderr.read()}") from None
            time.sleep(0.02)
