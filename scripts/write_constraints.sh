#!/usr/bin/env bash
# Write constraints.txt anew: what the requirements files bring along, resolved from nothing in a fresh environment.
# Run it after changing a pin, run make test with the result, and commit both.
set -euo pipefail
cd "$(dirname "$0")/.."

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
scripts/install.sh "$fresh/venv" -r requirements.txt -r requirements-dev.txt

direct=$(grep -hoE '^[A-Za-z0-9_-]+==' requirements.txt requirements-dev.txt | tr '_' '-' | tr -d '=' | paste -sd '|')
{
    echo "# What requirements.txt and requirements-dev.txt bring along, at the versions the tests passed with."
    echo "# Written by scripts/write_constraints.sh. Direct dependencies are pinned, with a reason, where they are asked for."
    "$fresh/venv/bin/python" -m pip freeze | sed -E '/^[^=]+@/d' |
        awk -F '==' -v direct="^($direct)\$" '{name = tolower($1); gsub("_", "-", name); if (name !~ tolower(direct)) print}'
} > constraints.txt
echo "constraints.txt: $(grep -c == constraints.txt) packages"
