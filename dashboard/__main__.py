"""``python -m dashboard``: serve the published tables as a page, on this machine only unless told otherwise."""

from __future__ import annotations

import argparse
import logging
import sys
from dataclasses import replace

import waitress

from dashboard.app import create
from dashboard.published import Published
from etl import settings
from etl.errors import EtlError


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; exit status 1, with one line, where the address cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    parser.add_argument("--config", metavar="FILE", help="settings (default: etl.toml, where there is one)")
    parser.add_argument("--store", metavar="PATH", help="folder of the tables (default: data/store)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8050, help="port to listen on (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=8, help="requests answered at once (default: %(default)s)")
    parser.add_argument(
        "--private", action="store_true", help="show private columns too, in pages and downloads: names of victims"
    )
    parser.add_argument(
        "--reviews",
        action="store_true",
        help="let whoever reaches the page keep reviews (it knows no users); also [dashboard] reviews of the settings",
    )
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        chosen = settings.load(options.config)
        if options.store:
            chosen = replace(chosen, store=replace(chosen.store, path=options.store))
        reviewing = chosen if options.reviews or chosen.dashboard.reviews else None
        published = Published(chosen.store.path, private=options.private, reviewing=reviewing)
        server = waitress.create_server(
            create(published).server, host=options.host, port=options.port, threads=options.threads, ident=None
        )
    except (EtlError, OSError) as problem:
        print(f"dashboard: {problem}", file=sys.stderr)
        return 1
    shown = f"[{options.host}]" if ":" in options.host else options.host
    print(f"Tollbook at http://{shown}:{options.port}/ (Ctrl-C stops it)", flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
    finally:
        published.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
