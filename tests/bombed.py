"""A child process that collects from hostile sources and tells what memory that took.

`python -m tests.bombed PORT OUT HOST...`: each host is a source, healthy ones among them; the sites live in the parent.
First comes a run over the first host alone, so that everything is imported and built; then one over all. One JSON
object tells the mebibytes of resident memory before the second run and at its peak.
"""

import json
import re
import sys
from datetime import timedelta
from pathlib import Path


def mebibytes(name):
    """Read VmRSS or VmHWM, this process's own: ru_maxrss begins with the parent's."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1024


def main(port, out, hosts):
    from flows.prepare import prepare_prefect

    prepare_prefect(out / "prefect")
    from flows.collect import collect_with
    from flows.job import Job
    from flows.settings import load
    from flows.steps import inline
    from tasks.web import Manners
    from tests.samples import NOW, source

    sources = tuple(source(source_id=host, url=f"http://{host}/rss") for host in hosts)
    manners = Manners("desk@example.org", pretend=dict.fromkeys(hosts, ("127.0.0.1", port)), total_seconds=3.0)
    settings = load(data=out)
    collect_with(Job(settings, NOW, sources[:1], manners), inline)
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    before = mebibytes("VmRSS")
    counts = collect_with(Job(settings, NOW + timedelta(days=1), sources, manners), inline)
    print(json.dumps({"before": before, "peak": mebibytes("VmHWM"), "counts": counts}))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
