"""A PostgreSQL server of the test's own, in a folder of its own, reached through a socket in that folder."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.ensure_postgres import found


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a running server with one empty database; it is stopped and gone after the block."""
    programs = found()
    assert programs, "no PostgreSQL server: run python -m scripts.ensure_postgres"
    # Not below pytest's own folder: that is for this user alone, and root's server runs as another.
    folder = Path(tempfile.mkdtemp(prefix="tollbook-pg-"))
    owner = _other_user() if os.geteuid() == 0 else None
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(programs / program), "-D", str(folder / "data"), *arguments],
            cwd=folder,
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    try:
        run("initdb", "-U", "tollbook", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://tollbook@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _other_user() -> pwd.struct_passwd:
    """Whom the server runs as for root: PostgreSQL refuses to run as root."""
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise AssertionError("root needs a user to run PostgreSQL as, and there is neither postgres nor nobody")
