"""A child process that plays a short run of the sample, to be killed: `python -m tests.played OUT [prefect]`.

Five sources, three collects and a digest; the site lives and dies with the process, as do its addresses' ports, which
no row may remember.
"""

import sys
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

FIVE = ("hanoi-courier", "tin-viet-vi", "toto-nippo", "seifu-happyo", "cuu-long")
MOMENTS = (
    ("collect", "2025-04-28T12:00+07:00"),
    ("collect", "2025-04-30T20:00+07:00"),
    ("collect", "2025-05-04T22:00+07:00"),
    ("digest", "2025-05-05T07:00+07:00"),
)


def main(out, *, with_prefect):
    from flows.prepare import prepare_prefect

    prepare_prefect(out / "prefect")
    from prefect import flow

    from flows.demo import play, staged
    from flows.embedded import embedded
    from flows.steps import as_tasks, inline

    with staged(out) as stage, embedded(out / "prefect") if with_prefect else nullcontext():
        job = stage.job
        few = tuple(source for source in stage.sample.sources() if source.source_id in FIVE)
        print("ready", flush=True)
        for kind, at in MOMENTS:
            now = datetime.fromisoformat(at)
            stage.site.now = now

            def run(kind=kind, now=now):
                return play(replace(job(now), sources=few), kind, as_tasks if with_prefect else inline)

            (flow(name=kind)(run) if with_prefect else run)()
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), with_prefect="prefect" in sys.argv[2:])
