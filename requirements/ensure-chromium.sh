#!/bin/sh
# Makes sure that Chromium can be found on PATH and driven: what is installed is used, what lacks comes from Debian.
# Ends with 2 and one line that says what to do when neither is possible. $BIN is the bin folder of the environment that
# holds Playwright. The names of the browser are those of site_tests/browser.py.
set -u

has_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

# Playwright brings a program of its own that needs libatomic, which a bare Debian does not have.
has_driver() {
    "${BIN:-.venv/bin}/playwright" --version >/dev/null 2>&1
}

packages=""
has_browser || packages="chromium"
has_driver || packages="${packages:+$packages }libatomic1"
[ -n "$packages" ] || exit 0

give_up() {
    echo "Để kiểm tra trang cần thêm: $packages. Hãy cài rồi chạy lại (Debian: apt install $packages) | The tests need: $packages. Install and run again (Debian: apt install $packages)" >&2
    exit 2
}

command -v apt-get >/dev/null 2>&1 || give_up

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif ! command -v sudo >/dev/null 2>&1; then
    give_up
elif [ -t 0 ]; then
    as_root="sudo"      # a person is there to type the password
else
    as_root="sudo -n"
fi

echo "Cài từ gói của Debian: $packages … | Installing from Debian: $packages …"
install="env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $packages"
log=$(mktemp) || give_up
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086  # both variables hold several words on purpose
{ $as_root apt-get update && $as_root $install; } </dev/null >"$log" 2>&1 || { tail -n 5 "$log" >&2; give_up; }
has_browser && has_driver || give_up
