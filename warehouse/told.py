"""A week as composing wants it: stories with everything known of them, sources with how they did, counts before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from warehouse import read
from warehouse.connect import Db
from warehouse.issue import (
    Background,
    Dossier,
    Earlier,
    Heading,
    Name,
    Near,
    SourceWeek,
    Theme,
    Told,
    Week,
    WeekCount,
    from_json,
)
from warehouse.records import Article, Membership, Source, Story
from warehouse.rows import Row, offer, records, rows

_BEFORE = timedelta(weeks=4)  # what the week is compared with
_BELOW = 10  # articles that are shown as just below the line


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
            earlier=tuple(map(_earlier, earlier[story.story_id])),
            corrected=tuple(article for one in own for article in corrected[one]),
        )
        for story in stories
        if (own := [member.article_id for member in of_story[story.story_id]])
    ]


def background(db: Db, week: Week, dossiers: Sequence[Dossier], themes: Sequence[Theme]) -> Background:
    """Give what composing knows beside the week: the last issue, what is followed, what fell just below the line."""
    before = rows(db, "issue_before", week=week.label)
    near = rows(db, "week_below", starts_at=week.start, ends_at=week.end, most=_BELOW)
    articles = read.articles(db, [row["article_id"] for row in near])
    return Background(
        before=from_json(before[0]["content"]) if before else None,
        dossiers=tuple(dossiers),
        themes=tuple(themes),
        below=tuple(_near(articles[row["article_id"]], row) for row in near),
    )


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


def _near(article: Article, row: Row) -> Near:
    parts = tuple((part["name"], part["score"]) for part in row["parts"] or ())
    return Near(article, row["relevance"], row["relevance_score"], parts)


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


def _earlier(row: Row) -> Earlier:
    """Make an earlier story's line; its headlines in further languages are those that have one."""
    line, actors = row["line"], [_name(one) for one in row["actors"] or ()]
    return Earlier(
        **{key: row[key] for key in ("story_id", "event_date", "event_type", "why", "baseline")},
        **line,
        others=tuple(Heading(**one) for one in row["lines"] if one["headline"] and one != line),
        actor=actors[0] if actors else None,
        counterpart=actors[1] if len(actors) > 1 else None,
        place=_name(row["place"]) if row["place"] else None,
        topics=row["topics"] or (),
    )


def _name(one: Row) -> Name:
    return Name(one["entity_id"], one["label"], one["side"], ())
