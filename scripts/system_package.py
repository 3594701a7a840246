"""Commands that may fail once and succeed the next time, and Debian's packages installed by them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence

ATTEMPTS = 3
PACKAGE_SECONDS = 600


def succeeds(command: Sequence[str], seconds: int, attempts: int = ATTEMPTS) -> bool:
    """Run ``command`` until it succeeds, at most ``attempts`` times; only the last failure is shown."""
    complaint = ""
    for attempt in range(1, attempts + 1):
        try:
            answer = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            complaint = str(error)
        else:
            if answer.returncode == 0:
                return True
            complaint = (answer.stderr or answer.stdout).strip()
        if attempt < attempts:
            time.sleep(3 * attempt)
    lines = [line.strip() for line in complaint.splitlines() if line.strip()] or ["no message"]
    telling = next((line for line in lines if "error" in line.lower()), lines[-1])
    print(f"{' '.join(command)}: {telling}", file=sys.stderr)
    return False


def installed(package: str) -> bool:
    """Install Debian's ``package``, through sudo (never asking for a password) where we are not root."""
    if shutil.which("apt-get") is None:
        return False
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "-o", "Acquire::Retries=3"]
    if not succeeds([*as_root, *quiet, "update"], PACKAGE_SECONDS):
        return False
    return succeeds([*as_root, *quiet, "install", "--no-install-recommends", package], PACKAGE_SECONDS)
