"""Words the rules for nginx (1.18 or later, with ngx_http_gzip_static_module, as Debian builds it)."""

from __future__ import annotations

from collections.abc import Iterable

from generators.hosting.rules import (
    CACHING,
    CACHING_OTHERWISE,
    COMPRESSED,
    HEADERS,
    HIDDEN,
    HOST,
    MEDIA_TYPES,
    NAMED_TYPES,
    PLACE,
    SHARED,
)

_MADE = "# Made by `campaign hosting` from generators/hosting/rules.py; a change here would be lost.\n"
NGINX_MOVED = "_redirects.nginx"


def nginx_files() -> dict[str, str]:
    """Gives the files by name, as they stand below ``/etc/nginx``."""
    return {
        "conf.d/bdhvs.conf": _servers(),
        "bdhvs/http.conf": _http(),
        "bdhvs/server.conf": _server(),
        "bdhvs/brotli.conf": _brotli(),
    }


def nginx_moved(moved: Iterable[tuple[str, str]]) -> str:
    """Gives the entries of the map of moved addresses, one (old, new) a line."""
    return "# old new\n" + "".join(f"{old} {new};\n" for old, new in moved)


def _servers() -> str:
    return f"""{_MADE}# Copy it with the folder bdhvs/, and put your host and your certificate in.
include bdhvs/http.conf;

server {{
    listen 80;
    listen [::]:80;
    server_name {HOST};
    return 301 https://{HOST}$request_uri;
}}

server {{
    listen 443 ssl http2;
    listen [::]:443 ssl http2;
    server_name {HOST};
    ssl_certificate /etc/letsencrypt/live/{HOST}/fullchain.pem;
    ssl_certificate_key /etc/letsencrypt/live/{HOST}/privkey.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:bdhvs:1m;
    ssl_session_tickets off;
    root {PLACE};
    include bdhvs/server.conf;
}}
"""


def _http() -> str:
    caching = "".join(f'    ~^{start} "{value}";\n' for start, value in CACHING.items())
    shared = "".join(f'    ~^{start} "*";\n' for start in SHARED)
    return f"""{_MADE}# Stands in the http context.
map_hash_bucket_size 512;  # addresses of news are long
map_hash_max_size 65536;

map $uri $bdhvs_moved {{
    default "";
    include {PLACE}/{NGINX_MOVED}*;  # the build writes it; the star lets nginx start before the first build
}}
map $uri $bdhvs_caching {{
    default "{CACHING_OTHERWISE}";
{caching}}}
map $uri $bdhvs_shared {{
    default "";
{shared}}}
"""


def _server() -> str:
    headers = "".join(f'add_header {name} "{value}" always;\n' for name, value in HEADERS.items())
    endings = "".join(f"    {kind.partition(';')[0]} {ending};\n" for ending, kind in MEDIA_TYPES.items())
    texts = sorted({kind.partition(";")[0] for kind in MEDIA_TYPES.values() if "charset" in kind} - {"text/html"})
    squeezed = sorted({MEDIA_TYPES[ending].partition(";")[0] for ending in COMPRESSED} - {"text/html"})
    named = "".join(
        f"location ~ /{name.replace('.', chr(92) + '.')}$ {{\n    types {{}}\n    default_type {kind};\n}}\n"
        for name, kind in NAMED_TYPES.items()
    )
    hidden = "".join(f"location = /{name} {{ return 404; }}\n" for name in HIDDEN)
    return f"""{_MADE}# Stands in a server context, below the line that says root.
index index.html;
charset utf-8;
charset_types {' '.join(texts)};
types {{
{endings}}}
default_type application/octet-stream;
server_tokens off;
absolute_redirect off;
autoindex off;

{headers}add_header Cache-Control $bdhvs_caching always;
add_header Access-Control-Allow-Origin $bdhvs_shared always;

gzip on;  # what was published compressed is sent as it is; the rest is compressed here
gzip_static on;
gzip_vary on;
gzip_min_length 512;
gzip_types {' '.join(squeezed)};
include bdhvs/brotli*.conf;

error_page 403 404 =404 /404.html;
if ($bdhvs_moved) {{
    return 301 $bdhvs_moved;
}}
location / {{
    try_files $uri $uri/ =404;
}}
{named}{hidden}location ~ /\\. {{
    return 404;
}}
location ^~ /.well-known/ {{
    try_files $uri =404;
}}
"""


def _brotli() -> str:
    return f"""{_MADE}# Leave this file out where the module is not installed (Debian: libnginx-mod-http-brotli-static).
brotli_static on;
"""
