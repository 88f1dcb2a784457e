"""Words the rules for Caddy (2.6 or later)."""

from __future__ import annotations

from generators.hosting.rules import (
    CACHING,
    CACHING_OTHERWISE,
    HEADERS,
    HIDDEN,
    HOST,
    MEDIA_TYPES,
    NAMED_TYPES,
    PLACE,
    SHARED,
)
from generators.hosting.static_hosts import MOVED_FILE


def caddyfile() -> str:
    """Gives the Caddyfile; Caddy fetches the certificate by itself."""
    headers = "".join(f'\t\t{name} "{value}"\n' for name, value in HEADERS.items())
    caching = "".join(f'\t\t~^{start} "{value}"\n' for start, value in CACHING.items())
    shared = "".join(f'\t\t~^{start} "*"\n' for start in SHARED)
    types = "".join(
        f'\t\t"~{start}{name.replace(".", chr(92) + ".")}$" "{kind}"\n'
        for start, kinds in (("/", NAMED_TYPES), (r"\.", MEDIA_TYPES))  # the first that fits counts
        for name, kind in kinds.items()
    )
    hidden = " ".join(f"/{name}" for name in HIDDEN)
    return f"""# Made by `campaign hosting` from generators/hosting/rules.py; a change here would be lost.
# Put your host in the place of {HOST}.
(bdhvs_headers) {{
	header {{
{headers}		-Server
	}}
}}

{HOST} {{
	root * {PLACE}
	import bdhvs_headers
	map {{path}} {{moved}} {{moved_status}} {{
		import {PLACE}/{MOVED_FILE}
		default "" ""
	}}
	@moved expression `{{moved}} != ""`
	redir @moved {{moved}} {{moved_status}}

	@hidden path {hidden}
	error @hidden 404
	@secret {{
		path */.*
		not path /.well-known/*
	}}
	error @secret 404

	map {{path}} {{caching}} {{
{caching}		default "{CACHING_OTHERWISE}"
	}}
	header Cache-Control {{caching}}
	map {{path}} {{shared}} {{
{shared}		default ""
	}}
	@shared expression `{{shared}} != ""`
	header @shared Access-Control-Allow-Origin {{shared}}
	map {{path}} {{type}} {{
{types}		default ""
	}}
	@typed expression `{{type}} != ""`
	header @typed Content-Type {{type}}

	encode gzip
	file_server {{
		precompressed br gzip
	}}
	handle_errors {{
		@missing expression `{{err.status_code}} in [403, 404]`
		rewrite @missing /404.html
		import bdhvs_headers
		header Content-Type "{MEDIA_TYPES["html"]}"
		header Cache-Control "{CACHING_OTHERWISE}"
		file_server {{
			status 404
		}}
	}}
}}
"""
