"""A small press on loopback whose feeds and pages a test writes, and a monitor that collects from it without Prefect.

Outlets, people and texts are invented, on matters that the two countries really deal with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

from flows.collect import collect_with
from flows.digest import compose_week, digest_with
from flows.job import Job
from flows.settings import Settings, load
from flows.steps import Do, inline
from tasks.web import Manners
from tasks.weeks import week
from tests.loopback import Site, serve
from tests.samples import source
from warehouse.issue import Issue, Rendering
from warehouse.records import Source

MONDAY = datetime(2025, 4, 21, 3, tzinfo=UTC)  # of 2025-W17, 10:00 in Hanoi
LOAN = (
    "Japan will lend Vietnam 12 billion yen for a bridge over the Red River, the two governments agreed in Hanoi.",
    "Ambassador Kuroda Aiko and Deputy Minister Tran Quoc Minh signed the loan agreement on Monday in the capital.",
    "Work on the bridge begins next year and will take three years, the Vietnamese ministry of construction said.",
)

TALKS = (
    "Prime Minister Le Van Khoa of Vietnam received Japan's Foreign Minister Okuda Shin in Hanoi on Monday.",
    "The two sides discussed maritime security and the training of Vietnamese nurses for hospitals in Japan.",
    "Minister Okuda said that “Japan regards Vietnam as a partner of the first order” and invited his host to Tokyo.",
)
GARDEN = (
    "The municipal garden society of Hue opened its yearly show of orchids and bonsai trees to visitors.",
    "More than four hundred plants are shown until the end of the month, the society's chairman told reporters.",
    "Children under twelve enter free of charge, and guided walks begin at nine each morning, rain or shine.",
)


@dataclass
class Press:
    """The site, what its feeds list, and the monitor's job; `at` is hours after MONDAY."""

    site: Site
    settings: Settings
    sources: list[Source] = field(default_factory=lambda: [source()])
    do: Do = inline

    def says(self, name: str, title: str, *text: str, source_id: str = "courier") -> str:
        """Publish a page; give its address."""
        body = "".join(f"<p>{escape(one)}</p>" for one in text or LOAN)
        head, body = f"<head><title>{escape(title)}</title></head>", f"<h1>{escape(title)}</h1>{body}"
        html = f"<html>{head}<body><article>{body}</article></body></html>"
        self.site.says(f"{source_id}.example/{name}", html.encode(), Content_Type="text/html; charset=utf-8")
        return f"http://{source_id}.example/{name}"

    def lists(
        self, *entries: tuple[str, str, datetime | None], source_id: str = "courier", summary: str = "", etag: str = ""
    ) -> None:
        """Have a source's feed list entries: (name, title, published)."""
        items = "".join(
            f"<item><title>{escape(title)}</title><link>http://{source_id}.example/{name}</link>"
            f"<guid>http://{source_id}.example/{name}</guid><description>{escape(summary)}</description>"
            + (f"<pubDate>{format_datetime(at)}</pubDate>" if at else "")
            + "</item>"
            for name, title, at in entries
        )
        self.says_feed(
            f"<rss version='2.0'><channel><title>{source_id}</title>{items}</channel></rss>", source_id, etag=etag
        )

    def says_feed(self, body: str, source_id: str = "courier", *, status: int = 200, etag: str = "") -> None:
        """Have a source's feed answer with a body."""
        headers = {"ETag": etag} if etag else {}
        self.site.says(f"{source_id}.example/rss", body.encode(), status, Content_Type="text/xml", **headers)

    def job(self, at: float) -> Job:
        """Make the job of a run at `at`."""
        hosts = dict.fromkeys((f"{one.source_id}.example" for one in self.sources), ("127.0.0.1", self.site.port))
        manners = Manners("test@example.org", pretend=hosts)
        return Job(self.settings, MONDAY + timedelta(hours=at), tuple(self.sources), manners)

    def collect(self, at: float) -> dict[str, int]:
        """Collect once, with every source due: how often one is asked is another matter."""
        with self.settings.warehouse.writer() as db:
            db.execute("update base.source_state set next_check_at = null")
        return collect_with(self.job(at), self.do)

    def digest(self, at: float) -> dict[str, int]:
        """Freeze what is due."""
        return digest_with(self.job(at), self.do)

    def week(self, label: str, at: float) -> tuple[Issue, Sequence[Rendering]]:
        """Compose a week as it is known, without freezing it."""
        return compose_week(self.job(at), self.do, week(label, self.settings.time_zone))

    def ask(self, sql: str) -> list[dict[str, Any]]:
        """Ask the published snapshot."""
        with self.settings.warehouse.reader() as db:
            found: list[dict[str, Any]] = db.execute(sql).to_arrow_table().to_pylist()
            return found


@contextmanager
def printing(folder: Path, *sources: Source, languages: tuple[str, ...] = ("en",)) -> Iterator[Press]:
    """Run a press and a monitor of it with its data in `folder`."""
    given: dict[str, Any] = {"smtp_host": "", "recipients": (), "sources": None, "archive_url": ""}
    settings = load(folder, data=folder / "data", languages=languages, **given)
    with serve() as site:
        yield Press(site, settings, list(sources) or [source()])
