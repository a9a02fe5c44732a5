"""The sample's site with hosts that are out of order, and with a third week."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from random import Random
from typing import Any

from flows.sample import Article, Sample
from flows.sample.answers import Reply
from flows.sample.site import Site
from tests.simulated.plan import BEGINS

_GOLD = Path(__file__).resolve().parents[1] / "gold" / "articles.jsonl"
_EVENTS = 14  # stories of the third week
_WRONG = {
    "500": Reply(HTTPStatus.INTERNAL_SERVER_ERROR),
    "503": Reply(HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "7200"}),
    "404": Reply(HTTPStatus.NOT_FOUND),
    "403": Reply(HTTPStatus.FORBIDDEN),
    "429": Reply(HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": "1800"}),
    "page": Reply(HTTPStatus.OK, "text/html", b"<html><body><h1>We will be back soon.</h1></body></html>"),
    "empty": Reply(HTTPStatus.OK, "application/rss+xml"),
}


class BreakableSite(Site):
    """A site whose hosts answer wrongly while `broken` names them."""

    broken: dict[str, str] = {}  # noqa: RUF012 - each instance is given its own, whole

    def reply(self, host: str, target: str, headers: dict[str, str]) -> Reply:
        """Answer as the sample does, or as a host that is out of order."""
        how = self.broken.get(host, "")
        if how in _WRONG and target != "/robots.txt":
            return _WRONG[how]
        said = super().reply(host, target, headers)
        return replace(said, body=said.body[: len(said.body) // 3]) if how == "cut" else said


def three_weeks(sample: Sample) -> Sample:
    """Give the sample with a third week, told by labelled articles of ours as news of that week."""
    return replace(sample, articles=(*sample.articles, *_third(sample)))


def _third(sample: Sample) -> list[Article]:
    outlets = defaultdict(list)
    for outlet in sample.outlets:
        if outlet.feed not in {"page", "unavailable"}:
            outlets[outlet.language].append(outlet)
    told: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in _GOLD.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["event"] and row["language"] in outlets and not row["duplicate_group"]:
            told[row["event"]].append(row)
    made = []
    for event in sorted(told, key=lambda one: (-len(told[one]), one))[:_EVENTS]:
        chance, free = Random(event), {language: list(some) for language, some in outlets.items()}
        at = BEGINS + timedelta(weeks=2, hours=chance.randrange(8, 120))
        for row in told[event]:
            if free[row["language"]]:
                outlet = free[row["language"]].pop(chance.randrange(len(free[row["language"]])))
                made.append(_article(row, outlet, at))
                at += timedelta(minutes=chance.randrange(20, 400))
    return made


def _article(row: dict[str, Any], outlet: Any, at: datetime) -> Article:
    return Article(
        key=row["id"],
        outlet=outlet,
        published=at,
        language=row["language"],
        title=row["title"],
        summary=row["text"].split("\n")[0][:200],
        body=row["text"].replace("\n", "\n\n"),
        relevance=row["relevance"],
        topics=tuple(row["topics"]),
        story=row["event"],
    )
