"""What a web server must know to show the site: one set of rules, and the same rules in the words of each server.

``rules`` is the only place that decides; the other modules word its decisions for nginx, Caddy, Apache and for hosts of
static sites. Nothing here touches the disk: the texts go into ``deploy/`` (``campaign hosting``) and into the site.
"""
