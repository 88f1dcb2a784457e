"""Owns which files of ``deploy/`` are made from the rules; the rest of that folder is written by hand."""

from __future__ import annotations

from generators.hosting.apache import apache_conf
from generators.hosting.caddy import caddyfile
from generators.hosting.nginx import nginx_files


def recipe_files() -> dict[str, str]:
    """Gives each made file by its path in the project."""
    return {
        "deploy/apache/bdhvs.conf": apache_conf(),
        "deploy/caddy/Caddyfile": caddyfile(),
        **{f"deploy/nginx/{name}": text for name, text in nginx_files().items()},
    }
