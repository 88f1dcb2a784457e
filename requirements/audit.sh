#!/bin/sh
# Asks the public list of known vulnerabilities about every package of a lock (pip-audit, itself locked in audit.txt).
# Ends with 0 when nothing is known, 1 when something is, 2 with one line when the list cannot be reached: a mirror that
# does not know the list counts as unreachable too (--strict), so that silence never passes for safety.
#   sh requirements/audit.sh [requirements/site.txt]
set -u
bin=${BIN:-.venv/bin}
home=$(dirname "$bin")/audit
lock=${1:-requirements/site.txt}

unreachable() {
    echo "Không hỏi được danh sách lỗ hổng: máy không nối được mạng, hoặc mạng không cho. Hãy chạy lại nơi có mạng. | The list of vulnerabilities cannot be reached from here. Run it again where there is a network." >&2
    exit 2
}

if [ ! -x "$home/bin/pip-audit" ] || [ requirements/audit.txt -nt "$home/bin/pip-audit" ]; then
    "$bin/python" -m venv --clear "$home" || exit 2
    "$home/bin/python" -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/audit.txt || unreachable
    touch "$home/bin/pip-audit"
fi
"$home/bin/pip-audit" --strict --require-hashes --disable-pip --progress-spinner off --timeout 20 --requirement "$lock" >"$home/said" 2>"$home/errors"
code=$?
cat "$home/said"
if [ "$code" = 0 ]; then
    echo "Không có lỗ hổng nào đã biết. | No known vulnerability."
elif grep -qE "could not be audited|not found on PyPI|Connection|ServiceError|Max retries|HTTPError|Timeout|SSLError" "$home/errors"; then
    unreachable
else
    cat "$home/errors" >&2
    exit 1
fi
