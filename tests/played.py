"""A child process that plays a short run of the sample, to be killed: `python -m tests.played OUT [prefect [ADDRESS]]`.

Five sources, three collects and a digest; the site lives and dies with the process, as do its addresses' ports, which
no row may remember. ADDRESS is a Dask scheduler's, on whose workers pages are extracted.
"""

import importlib
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


def run():
    """Do what is to be played now; a flow goes to Dask's workers with all that it closes over, and the site cannot."""
    return importlib.import_module("tests.played").play_it()


def main(out, *, with_prefect, extract_on=""):
    from flows.prepare import prepare_prefect

    prepare_prefect(out / "prefect")
    from prefect import flow

    from flows.demo import play, staged
    from flows.elsewhere import extracting
    from flows.embedded import embedded
    from flows.steps import inline

    with staged(out) as stage, embedded(out / "prefect") if with_prefect else nullcontext():
        job, settings = stage.job, stage.settings.model_copy(update={"extract_on": extract_on})
        few = tuple(source for source in stage.sample.sources() if source.source_id in FIVE)
        print("ready", flush=True)
        for kind, at in MOMENTS:
            now = datetime.fromisoformat(at)
            stage.site.now = now

            def play_it(kind=kind, now=now):
                with extracting(settings) if with_prefect else nullcontext(inline) as do:
                    return play(replace(job(now), sources=few), kind, do)

            vars(importlib.import_module("tests.played"))["play_it"] = play_it
            (flow(name=kind)(run) if with_prefect else run)()
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), with_prefect="prefect" in sys.argv[2:], extract_on="".join(sys.argv[3:]))
