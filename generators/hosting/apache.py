"""Words the rules for Apache (2.4, with mod_headers, mod_mime, mod_rewrite and mod_deflate)."""

from __future__ import annotations

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
from generators.hosting.static_hosts import MOVED_FILE


def apache_conf() -> str:
    """Gives the two virtual hosts, as they stand in ``sites-available``."""
    headers = "".join(f'    Header always set {name} "{value}"\n' for name, value in HEADERS.items())
    caching = "".join(
        f"""    <LocationMatch "^{start}">
        Header set Cache-Control "{value}"
    </LocationMatch>
"""
        for start, value in CACHING.items()
    )
    shared = "".join(
        f"""    <LocationMatch "^{start}">
        Header set Access-Control-Allow-Origin "*"
    </LocationMatch>
"""
        for start in SHARED
    )
    types = "".join(f'    AddType "{kind}" .{ending}\n' for ending, kind in MEDIA_TYPES.items())
    named = "".join(
        f'    <Files "{name}">\n        ForceType {kind}\n    </Files>\n' for name, kind in NAMED_TYPES.items()
    )
    squeezed = " ".join(sorted({MEDIA_TYPES[ending].partition(";")[0] for ending in COMPRESSED}))
    hidden = "|".join(name.replace(".", r"\.") for name in HIDDEN)
    return rf"""# Made by `campaign hosting` from generators/hosting/rules.py; a change here would be lost.
# a2enmod headers rewrite ssl deflate; set ServerTokens Prod in security.conf; put your host and your certificate in.
<VirtualHost *:80>
    ServerName {HOST}
    Redirect permanent / https://{HOST}/
</VirtualHost>

<VirtualHost *:443>
    ServerName {HOST}
    DocumentRoot {PLACE}
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/{HOST}/fullchain.pem
    SSLCertificateKeyFile /etc/letsencrypt/live/{HOST}/privkey.pem
    SSLProtocol -all +TLSv1.2 +TLSv1.3

    <Directory {PLACE}>
        Options -Indexes -MultiViews
        AllowOverride None
        Require all granted
        DirectoryIndex index.html
        FileETag MTime Size
    </Directory>
    ErrorDocument 403 /404.html
    ErrorDocument 404 /404.html

{headers}    Header set Cache-Control "{CACHING_OTHERWISE}"
{caching}{shared}
{types}{named}
    RewriteEngine on
    RewriteMap moved txt:{PLACE}/{MOVED_FILE}
    RewriteCond ${{moved:%{{REQUEST_URI}}}} ^(/.*)$
    RewriteRule ^ %1 [R=301,L]
    RewriteRule ^/({hidden})$|/\.(?!well-known/) - [R=404,L]

    # What was published compressed is sent as it is; the rest is compressed here.
    AddEncoding br .br
    AddEncoding gzip .gz
    RewriteRule ^(.*)/$ $1/index.html [PT]
    RewriteCond %{{HTTP:Accept-Encoding}} \bbr\b
    RewriteCond {PLACE}$1.br -f
    RewriteRule ^(.+)$ $1.br [E=no-gzip:1,E=no-brotli:1,PT,L]
    RewriteCond %{{HTTP:Accept-Encoding}} \bgzip\b
    RewriteCond {PLACE}$1.gz -f
    RewriteRule ^(.+)$ $1.gz [E=no-gzip:1,E=no-brotli:1,PT,L]
    Header append Vary Accept-Encoding
    AddOutputFilterByType DEFLATE {squeezed}
</VirtualHost>
"""
