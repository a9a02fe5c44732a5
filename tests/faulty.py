"""A stage of faulty sources: each is declared once with what it says in every round, and one play serves all tests.

The play runs the real collect body without Prefect over a real server on loopback into a real warehouse, all sources
at once, several times; what a test looks at are the stored rows of its own source, and who asked what.
"""

import json
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flows.collect import collect_with
from flows.digest import digest_with
from flows.job import Job
from flows.settings import load
from flows.steps import inline
from tasks.web import Manners
from tests.loopback import Site, Speak, Visit, speak
from tests.samples import NOW, source
from warehouse.connect import Warehouse, attach
from warehouse.records import Source

ROUNDS = tuple(NOW + timedelta(hours=hours) for hours in (0, 0.5, 24, 48, 72, 200))  # the last after a week and a day
DEADLINE = 3.0  #: seconds for a whole request
Say = Speak | bytes
Row = dict[str, Any]
LAUGHS = b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'>" + b"".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>".encode() for n in range(10)
)
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Watched:
    """One faulty (or healthy) source, and what its address says in each round; the last saying holds on."""

    source: Source
    says: Sequence[Say]
    since: int  #: round in which it is added


@dataclass
class Stage:
    """What is declared, by source_id, and further addresses of the same site."""

    watched: dict[str, Watched] = field(default_factory=dict)
    more: dict[str, Sequence[Say]] = field(default_factory=dict)

    def watch(self, name: str, *says: Say, since: int = 0, **fields: Any) -> str:
        """Declare a source NAME at http://NAME.example/rss, unless its url is given."""
        url = fields.pop("url", f"http://{name}.example/rss")
        made = source(source_id=name, outlet=name, family=name, url=url, **fields)
        self.watched[name] = Watched(made, says, since)
        return name

    def page(self, address: str, *says: Say) -> None:
        """Declare what another address of the site, host and path, says in each round."""
        self.more[address] = says

    def play(self, site: Site, out: Path, **doors: tuple[str, int]) -> "Told":
        """Play all rounds; `doors` are hosts that lie elsewhere on loopback."""
        told = Told(Warehouse(out), site)
        settings = load(data=out)
        hosts = {urlsplit(one.source.url).hostname or "" for one in self.watched.values()}
        hosts |= {address.partition("/")[0] for address in self.more} - {""}
        pretend = {host: ("127.0.0.1", site.port) for host in hosts if host.endswith(".example")}
        pretend |= {f"{name}.example": door for name, door in doors.items()}
        manners = Manners(
            "desk@example.org", pretend=pretend, total_seconds=DEADLINE, read_seconds=DEADLINE / 2, gap_seconds=0.0
        )
        for number, now in enumerate(ROUNDS):
            self._set(site, number)
            sources = tuple(one.source for one in self.watched.values() if one.since <= number)
            told.starts.append(len(site.visits))
            begun = time.monotonic()
            collect_with(Job(settings, now, sources, manners), inline)
            told.seconds.append(time.monotonic() - begun)
        told.starts.append(len(site.visits))
        digest_with(Job(settings, ROUNDS[-1], sources, manners), inline)
        return told

    def _set(self, site: Site, number: int) -> None:
        spoken = {one.source.url.partition("://")[2]: one.says for one in self.watched.values() if one.says} | self.more
        for address, says in spoken.items():
            say = says[min(number, len(says) - 1)]
            site.routes[address] = rss_says(say) if isinstance(say, bytes) else say


@dataclass
class Told:
    """What came of a play."""

    warehouse: Warehouse
    site: Site
    seconds: list[float] = field(default_factory=list)  #: that each round took
    starts: list[int] = field(default_factory=list)  #: index of each round's first visit

    @property
    def user_agent(self) -> str:
        return Manners("desk@example.org").user_agent

    def rows(self, statement: str, *given: object) -> list[Row]:
        db = attach(self.warehouse.snapshot, read_only=True)
        try:
            found = db.execute(statement, list(given))
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        finally:
            db.close()

    def fetches(self, name: str) -> list[Row]:
        return self.rows("from base.fetches where source_id = ? order by fetched_at", name)

    def outcomes(self, name: str) -> list[str]:
        return [row["outcome"] for row in self.fetches(name)]

    def state(self, name: str) -> Row:
        (row,) = self.rows("from base.source_state where source_id = ?", name)
        return row

    def items(self, name: str) -> list[Row]:
        return self.rows("from base.items where source_id = ? order by first_seen, title", name)

    def articles(self, name: str) -> list[Row]:
        return self.rows("from base.articles where source_id = ? order by title, revision_no", name)

    def titles(self, name: str) -> list[str]:
        return [row["title"] for row in self.items(name)]

    def visits(self, address: str, number: int | None = None) -> list[Visit]:
        """Give the requests to a host, or to a host and path, in all rounds or one."""
        first, last = (0, None) if number is None else (self.starts[number], self.starts[number + 1])
        return [visit for visit in self.site.visits[first:last] if address in {visit.host, f"{visit.host}{visit.path}"}]


def wait(row: Row) -> timedelta:
    """Give how long a source is let alone after its last check."""
    found: timedelta = row["next_check_at"] - row["checked_at"]
    return found


def rss_says(body: bytes, **headers: str) -> Speak:
    return speak(body, 200, **{"Content_Type": "application/rss+xml; charset=utf-8", **headers})


def rss(*entries: str, channel: str = "", declared: bool = True) -> bytes:
    head = "<?xml version='1.0' encoding='utf-8'?>" if declared else ""
    head += "<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>"
    return f"{head}<channel><title>T</title>{channel}{''.join(entries)}</channel></rss>".encode()


def entry(title: str, link: str = "", guid: str | None = None, date: datetime | str = NOW, text: str = "") -> str:
    """Write an item; without a guid given it has its title for one, with "" it has none."""
    dated = date if isinstance(date, str) else f"{date:%a, %d %b %Y %H:%M:%S} GMT"
    parts = {
        "title": title,
        "link": link,
        "guid": title if guid is None else guid,
        "pubDate": dated,
        "description": text,
    }
    return f"<item>{''.join(f'<{tag}>{value}</{tag}>' for tag, value in parts.items() if value)}</item>"


def three(host: str, date: datetime = NOW) -> bytes:
    """Write a feed of three entries with addresses of that host."""
    return rss(
        *(entry(f"{host} {word}", f"http://{host}.example/{word}", date=date) for word in ("one", "two", "three"))
    )


def json_feed(*items: dict[str, str]) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items}).encode()


def packed(size: int, form: int = 31) -> bytes:
    """Give so many mebibytes of nothing, as gzip (31) or zlib (15)."""
    packer = zlib.compressobj(1, zlib.DEFLATED, form)
    return b"".join([*(packer.compress(bytes(MEBIBYTE)) for _ in range(size)), packer.flush()])


def endless(handler):
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    for _ in range(400):
        handler.wfile.write(bytes(MEBIBYTE // 4))


def drip(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(400):
        handler.wfile.write(b"x")
        time.sleep(0.05)
