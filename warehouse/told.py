"""A week as composing wants it: stories with everything known of them, sources with how they did, counts before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from warehouse import read
from warehouse.connect import Db
from warehouse.issue import Earlier, SourceWeek, Told, Week, WeekCount
from warehouse.records import Article, Membership, Source, Story
from warehouse.rows import Row, offer, records, rows

_BEFORE = timedelta(weeks=4)  # what the week is compared with


def told(db: Db, week: Week) -> list[Told]:
    """Give the stories that something new of the week belongs to, as they stood when it was over."""
    span: dict[str, object] = {"starts_at": week.start, "ends_at": week.end}
    stories = records(db, Story, "week_stories", **span)
    offer(db, "wanted", [story.story_id for story in stories])
    members = records(db, Membership, "week_members", ends_at=week.end)
    earlier = read.grouped(rows(db, "earlier_stories"), lambda row: row["root"])
    ids = [member.article_id for member in members]
    articles, judgements = read.articles(db, ids), read.judgements(db, ids)
    copies = {one.article_id: one for one in read.duplicates(db, ids)}
    offer(db, "wanted", ids)
    corrected = read.grouped(records(db, Article, "week_corrections", **span), lambda article: article.article_id)
    of_story = read.grouped(members, lambda member: member.story_id)
    return [
        Told(
            story=story,
            articles=tuple(articles[one] for one in own),
            judgements={one: judgements[one] for one in own},
            memberships={member.article_id: member for member in of_story[story.story_id]},
            copies={one: copies[one] for one in own if one in copies},
            old=frozenset(one for one in own if articles[one].first_seen < week.start),
            earlier=tuple(Earlier(**_without(row, "root")) for row in earlier[story.story_id]),
            corrected=tuple(article for one in own for article in corrected[one]),
        )
        for story in stories
        if (own := [member.article_id for member in of_story[story.story_id]])
    ]


def source_weeks(db: Db, week: Week) -> list[SourceWeek]:
    """Give how every source did in the week."""
    sources = read.sources(db)
    return [
        _source_week(sources[row["source_id"]], row)
        for row in rows(db, "source_health", since=week.start, until=week.end)
    ]


def history(db: Db, week: Week) -> list[WeekCount]:
    """Give the relevant articles of the week and of the four before it, by language and by topic, the week last."""
    counted: Mapping[str, defaultdict[str, dict[str, int]]] = {
        "week_languages": defaultdict(dict),
        "week_topics": defaultdict(dict),
    }
    for name, counts in counted.items():
        for row in rows(db, name, zone=week.zone, since=week.start - _BEFORE, until=week.end):
            counts[row["week"]][row["name"]] = row["articles"]
    languages, topics = counted["week_languages"], counted["week_topics"]
    return [WeekCount(label, languages[label], topics[label]) for label in sorted({*languages, *topics, week.label})]


def first_sight(db: Db) -> datetime | None:
    """Give when the first article came, None in a warehouse that holds only the baseline."""
    found: datetime | None = rows(db, "first_sight")[0]["first_seen"]
    return found


def _source_week(source: Source, row: Row) -> SourceWeek:
    asked = row["checks"] > 0
    counts = {name: row[name] for name in ("checks", "good", "new_items", "undated", "summary_only", "frozen", "gap")}
    return SourceWeek(
        source=source,
        last_state=row["outcome"] if asked else "never",
        last_error=row["error"] if asked else "",
        failing_since=row["failing_since"],
        **counts,
    )


def _without(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}
