#!/usr/bin/env bash
# Install Python packages into a virtual environment, made first where it is missing.
#     scripts/install.sh VENV PIP-INSTALL-ARGUMENT...
# PYTHON names the interpreter to make it with; otherwise the first of 3.11 or later that runs is taken.
set -euo pipefail

venv=$1
shift

find_python() {
    local candidate
    for candidate in ${PYTHON:-python3.11 python3 python3.12 python3.13 python}; do
        # Run it: a version manager's shim can stand on PATH for an interpreter that is not there.
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "Tollbook needs Python 3.11 or later and found none: install it, or name one with PYTHON=/path/to/python." >&2
    return 1
}

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    echo "Making $venv with $("$python" --version); with the packages this takes a minute or two, once"
    if ! complaint=$("$python" -m venv --clear "$venv" 2>&1); then
        rm -rf "$venv"
        echo "$python cannot make a virtual environment (${complaint%%$'\n'*})." >&2
        echo "On Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    fi
fi

echo "Installing $(printf '%s\n' "$@" | grep -E '^requirements.*\.txt$' | paste -sd ' ')"
for attempt in 1 2 3; do
    # pip retries a connection by itself, but gives up on a download that breaks off half way.
    if "$venv/bin/python" -m pip install -qq --no-input "$@"; then
        exit 0
    fi
    echo "Attempt $attempt of 3 failed." >&2
    sleep $((attempt * 3))
done
echo "The packages could not be installed: pip's own message is above; the package index may be out of reach." >&2
exit 1
