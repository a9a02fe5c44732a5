"""Serve the sample to a browser: python -m flows.sample [--port N] [--now 2025-04-28T09:00:00+07:00]."""

from __future__ import annotations

import argparse
import sys
import threading
from datetime import datetime

from flows.sample import ENDS, load
from flows.sample.site import Site


def main() -> None:
    """Serve until interrupted, at the end of the two weeks or at the moment given."""
    parser = argparse.ArgumentParser(prog="python -m flows.sample", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--now", type=datetime.fromisoformat, default=ENDS)
    given = parser.parse_args()
    with Site(load(), given.now, given.port) as site:
        addresses = [
            f"http://{host.replace('.example', '.localhost')}:{port}/" for host, (_, port) in site.hosts.items()
        ]
        sys.stdout.write(f"The sample at {site.now:%Y-%m-%d %H:%M} UTC: {' '.join(addresses)}\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
