"""Small records for tests: each helper makes one with sensible fields, any of which may be given."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.records import Article, Extract, Item, Source

NOW = datetime(2025, 4, 28, 5, tzinfo=UTC)


def list_one(path: Path, url: str = "http://nobody.invalid/rss", name: str = "nobody") -> Path:
    """Write a list of sources with one, which by default nobody answers; give the file."""
    return list_all(path, {name: url})


def list_all(path: Path, urls: Mapping[str, str]) -> Path:
    """Write a list of sources by name; give the file."""
    head = "source_id,outlet,family,kind,side,country,language,url,zone,rights,enabled,major,note"
    rows = [f"{name},{name.title()},{name},press,third,NO,nb,{url},UTC,title,yes,no," for name, url in urls.items()]
    path.write_text("\n".join([head, *rows, ""]))
    return path


def source(**given: Any) -> Source:
    made = Source(
        source_id="courier",
        outlet="Courier",
        family="courier",
        kind="press",
        side="vietnam",
        country="VN",
        language="en",
        url="http://courier.example/rss",
        zone="Asia/Ho_Chi_Minh",
        rights="sentence",
        enabled=True,
    )
    return replace(made, **given)


def item(**given: Any) -> Item:
    made = Item(
        item_id="i1",
        source_id="courier",
        identity="1",
        entry_hash="e1",
        article_id="a1",
        url="http://courier.example/1",
        canonical_url="https://courier.example/1",
        title="A bridge opens in Hanoi",
        summary="Japan lent the money.",
        content="",
        published=NOW,
        published_quality="explicit",
        published_raw="",
        language="en",
        first_seen=NOW,
        backlog=False,
    )
    return replace(made, **given)


def extract(**given: Any) -> Extract:
    made = Extract(
        title="A bridge opens in Hanoi",
        text="The bridge over the Red River opened on Monday.\nJapan lent 12 billion yen for it.",
        language="en",
        published=None,
        published_quality="none",
        outlet="Courier",
        author="",
        canonical_url="",
        quality="full",
        reason="",
    )
    return replace(made, **given)


def article(**given: Any) -> Article:
    made = Article(
        article_id="a1",
        revision="r1",
        source_id="courier",
        outlet="Courier",
        family="courier",
        side="vietnam",
        source_kind="press",
        url="http://courier.example/1",
        canonical_url="https://courier.example/1",
        language="en",
        title="A bridge opens in Hanoi",
        text="The bridge over the Red River opened on Monday.\nJapan lent 12 billion yen for it.",
        text_kind="full",
        published=NOW,
        published_quality="explicit",
        first_seen=NOW,
        revised_at=NOW,
        words=16,
    )
    return replace(made, **given)
