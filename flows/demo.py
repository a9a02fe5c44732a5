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

from prefect import flow

from flows.collect import collect_with
from flows.digest import digest_with
from flows.embedded import embedded
from flows.job import Job
from flows.sample import Sample
from flows.sample import load as load_sample
from flows.sample.site import Site
from flows.settings import Settings, load
from flows.steps import Do, as_tasks
from tasks.compose import Layout
from tasks.web import Manners

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
Kind = Literal["collect", "digest"]

# A handful of collects a week is enough: the feeds hold two weeks of entries.
MOMENTS: tuple[tuple[Kind, datetime], ...] = tuple(
    (kind, datetime.fromisoformat(at).replace(tzinfo=ZONE))
    for kind, at in (
        ("collect", "2025-04-21T08:00"),
        ("collect", "2025-04-23T18:00"),
        ("collect", "2025-04-25T18:00"),
        ("collect", "2025-04-27T22:00"),
        ("digest", "2025-04-28T07:00"),
        ("collect", "2025-04-28T12:00"),
        ("collect", "2025-04-29T09:00"),
        ("collect", "2025-04-30T20:00"),
        ("collect", "2025-05-02T18:00"),
        ("collect", "2025-05-04T22:00"),
        ("digest", "2025-05-05T07:00"),
    )
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
    plain = {"smtp_host": "", "recipients": (), "sources": None, "archive_url": "", "time_zone": ZONE.key}
    settings = load(data=out, languages=("en", "vi", "ja"), **plain)
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
                return play(stage.job(now), kind, as_tasks)

            stage.site.now = now
            counts = run()
            say(kind, now, counts)
            total.update(counts)
    return total
