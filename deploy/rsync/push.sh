#!/bin/sh
# Copies the built site to a server and turns it on there in one rename; or, with --back, turns to the build before.
#   sh deploy/rsync/push.sh [--back] user@server [folder of the site here] [folder on the server]
# On the server it needs rsync and a plain shell. /srv/bdhvs/site is a link there; nginx follows it.
# RSYNC_RSH names the shell to the server, as rsync knows it (ssh unless told).
set -eu

back=""
if [ "${1:-}" = "--back" ]; then
    back=yes
    shift
fi
server=${1:?user@server}
here=${2:-site}
there=${3:-/srv/bdhvs}
remote=${RSYNC_RSH:-ssh}
export RSYNC_RSH="$remote"

# --checksum: a file of the same size, made in the same second, may still be another.
# One rename of a link: at each moment it leads to the old build or to the new one.
turn='turn() { ln -s "builds/$1" site.turning && mv -T site.turning site && echo "site -> builds/$1"; }; rm -f site.turning'

if [ -n "$back" ]; then
    # shellcheck disable=SC2086  # RSYNC_RSH may hold options
    exec $remote "$server" "set -eu; cd '$there'; $turn
        now=\$(basename \"\$(readlink site)\")
        before=\$(ls -1 builds | sort | awk -v now=\"\$now\" '\$0 < now' | tail -n 1)
        [ -n \"\$before\" ] || { echo 'there is no build before' >&2; exit 1; }
        turn \"\$before\""
fi

[ -f "$here/sitemap.xml" ] || { echo "$here holds no built site" >&2; exit 2; }
name=$(date -u +%Y%m%d-%H%M%S)
# shellcheck disable=SC2086
$remote "$server" "mkdir -p '$there/builds' && rm -rf '$there'/builds/.[0-9]*"
rsync --archive --checksum --link-dest="$there/site/" "$here/" "$server:$there/builds/.$name/"
# shellcheck disable=SC2086
$remote "$server" "set -eu; cd '$there'; $turn
    if [ -d site ] && [ ! -L site ]; then echo '$there/site is a folder, not a link' >&2; exit 1; fi
    mv 'builds/.$name' 'builds/$name'; turn '$name'
    ls -1 builds | sort | head -n -14 | while read -r old; do rm -rf \"builds/\$old\"; done"
