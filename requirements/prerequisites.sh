#!/bin/sh
# Prints one line, Vietnamese and English, for the first thing that this machine lacks; prints nothing when all is there.
# The Makefile makes that line its error. $PYTHON names the interpreter to use (python3 unless told).
python=${PYTHON:-python3}

if ! command -v git >/dev/null 2>&1; then
    echo "Thiếu git. Trên Debian: apt install git | git is missing. On Debian: apt install git"
elif ! command -v "$python" >/dev/null 2>&1; then
    echo "Không thấy $python (cần Python 3.11 trở lên). Trên Debian: apt install python3 python3-venv | $python not found (Python 3.11 or later is needed). On Debian: apt install python3 python3-venv"
elif ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    echo "$python quá cũ: cần Python 3.11 trở lên. Nếu máy có bản mới hơn: make PYTHON=python3.12 | $python is too old: Python 3.11 or later is needed. If this machine has a newer one: make PYTHON=python3.12"
elif ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
    echo "Python thiếu mô-đun venv. Trên Debian: apt install python3-venv | Python lacks its venv module. On Debian: apt install python3-venv"
fi
