"""The whole job on the two sample weeks: the real flows and steps, a loopback site, a clock that is told the time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from prefect import flow, tags

from flows.collect import collect_with
from flows.digest import digest_with
from flows.embedded import embedded
from flows.job import Job
from flows.sample import Sample
from flows.sample import load as load_sample
from flows.sample.site import Site
from flows.settings import Settings, load
from flows.steps import Do, as_tasks
from flows.tell.edge import heard
from flows.tell.lines import unfollowed
from tasks.compose import Layout
from tasks.web import Manners

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
Kind = Literal["collect", "digest"]


def _moment(kind: Kind, month: int, day: int, hour: int) -> tuple[Kind, datetime]:
    return kind, datetime(2025, month, day, hour, tzinfo=ZONE)


# A handful of collects a week is enough: the feeds hold two weeks of entries.
MOMENTS = (
    _moment("collect", 4, 21, 8),
    _moment("collect", 4, 23, 18),
    _moment("collect", 4, 25, 18),
    _moment("collect", 4, 27, 22),
    _moment("digest", 4, 28, 7),
    _moment("collect", 4, 28, 12),
    _moment("collect", 4, 29, 9),
    _moment("collect", 4, 30, 20),
    _moment("collect", 5, 2, 18),
    _moment("collect", 5, 4, 22),
    _moment("digest", 5, 5, 7),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a demo plays: its settings, its sample, and the site that serves it."""

    settings: Settings
    sample: Sample
    site: Site

    def job(self, now: datetime) -> Job:
        """Make the job of one moment. The sample's hosts, and only they, are found at the site's port on loopback."""
        manners = Manners(contact="demo@vnjp-monitor.invalid", pretend=self.site.hosts)
        return Job(self.settings, now, self.sample.sources(), manners)


@contextmanager
def staged(out: Path, sample: Sample | None = None) -> Iterator[Stage]:
    """Serve a sample (default: the shipped one) on loopback, for a warehouse in `out`; no user setting holds."""
    settings = load(
        data=out,
        languages=("en", "vi", "ja"),
        time_zone=ZONE.key,
        smtp_host="",
        recipients=(),
        sources=None,
        archive_url="",
        ping_url="",
        metrics=None,
    )
    sample = sample or load_sample()
    with Site(sample) as site:
        yield Stage(settings, sample, site)


def play(job: Job, kind: Kind, do: Do) -> dict[str, int]:
    """Run one flow's body."""
    return collect_with(job, do) if kind == "collect" else digest_with(job, do, Layout(sample=True))


def demo(out: Path, say: Callable[[Kind, datetime, dict[str, int]], None]) -> Counter[str]:
    """Run both weeks through Prefect's embedded server; `say` hears what each run came to. Give the sums."""
    total: Counter[str] = Counter()
    with staged(out) as stage, embedded(out / "prefect"):
        for kind, now in MOMENTS:

            @flow(name=kind, flow_run_name=f"{kind} {now:%Y-%m-%d %H:%M}")
            def run(kind: Kind = kind, now: datetime = now) -> dict[str, int]:
                with heard():
                    return play(stage.job(now), kind, as_tasks)

            stage.site.now = now
            with tags("vnjp", kind), unfollowed():
                counts = run()
            say(kind, now, counts)
            total.update(counts)
    return total
