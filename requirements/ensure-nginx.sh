#!/bin/sh
# Makes sure that the tests can start nginx: what is installed is used; else Debian's package is unpacked into the
# environment ($BIN/../nginx) without being installed, so that no server ever starts by itself on this machine.
# Ends with 2 and one line that says what to do when neither is possible. The places are those of site_tests/nginx.py.
set -u

home=$(dirname "${BIN:-.venv/bin}")/nginx
packages="nginx libnginx-mod-http-brotli-static"

has_nginx() {
    for program in "$(command -v nginx)" /usr/sbin/nginx "$home/usr/sbin/nginx"; do
        [ -x "$program" ] && "$program" -v >/dev/null 2>&1 && return 0
    done
    return 1
}

give_up() {
    echo "Để kiểm tra cấu hình máy chủ cần thêm nginx. Hãy cài rồi chạy lại (Debian: apt install nginx-light) | The tests of the server need nginx. Install and run again (Debian: apt install nginx-light)" >&2
    exit 2
}

has_nginx && exit 0
command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 || give_up

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1; then
    as_root="sudo -n"
else
    as_root="false"      # the lists of packages may be fresh enough
fi

echo "Lấy từ gói của Debian: $packages … | Taking from Debian: $packages …"
work=$(mktemp -d) || give_up
trap 'rm -rf "$work"' EXIT
fetch() {
    # shellcheck disable=SC2086  # several names on purpose
    (cd "$work" && apt-get download $packages) </dev/null >"$work/log" 2>&1
}
fetch || { $as_root apt-get update </dev/null >/dev/null 2>&1; fetch; } || { tail -n 5 "$work/log" >&2; give_up; }
for package in "$work"/*.deb; do
    dpkg -x "$package" "$home" || give_up
done
has_nginx || give_up
