"""What the steps found out: records in, rows kept. The same records, written again, leave the same rows."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import count

import pyarrow as pa

from warehouse.connect import Db
from warehouse.issue import Entry, Issue, Rendering, Week, to_json
from warehouse.records import (
    Article,
    Continuation,
    Delivery,
    Duplicate,
    Evidence,
    Fetch,
    Fingerprint,
    Item,
    Judgement,
    Membership,
    Move,
    Outlet,
    Override,
    Page,
    Run,
    Shared,
    Source,
    SourceHealth,
    SourceState,
    Story,
)
from warehouse.rows import Row, add, offer, replace, row_of, rows, save
from warehouse.statements import query

_NONE: Mapping[str, str] = {}


def run(db: Db, one: Run) -> None:
    """Keep the state of a run."""
    save(db, "runs", [row_of(one, counts=list(one.counts.items()))])


def outlets(db: Db, known: Sequence[Outlet]) -> None:
    """Keep what is known of outlets now; ones that are gone stay, for the articles that came from them."""
    save(db, "outlets", [row_of(outlet) for outlet in known])


def sources(db: Db, watched: Sequence[Source]) -> None:
    """Keep the sources as they are set now; ones that are gone stay, for the articles that came from them."""
    save(db, "sources", [row_of(source) for source in watched])


def retired(db: Db, watched: Sequence[Source]) -> None:
    """Mark all other sources as not enabled: a source that left the list must not be missed for ever."""
    offer(db, "wanted", [source.source_id for source in watched])
    db.execute(query("retire_sources"))


def fetched(db: Db, fetches: Sequence[Fetch], items: Sequence[Item], states: Sequence[SourceState]) -> None:
    """Keep attempts, what was new in them and the validators in one go: a validator without its items loses them."""
    add(db, "items", [row_of(item) for item in items])
    save(db, "fetches", [row_of(fetch) for fetch in fetches])
    save(db, "source_state", [row_of(state) for state in states])


def source_health(db: Db, found: Sequence[SourceHealth]) -> None:
    """Keep how every source does now."""
    save(db, "source_health", [row_of(one) for one in found])


def source_events(db: Db, sent: Sequence[tuple[str, str]], day: date, now: datetime) -> None:
    """Keep which events, as (source_id, kind), were sent for a day."""
    save(db, "source_events", [{"source_id": one, "kind": kind, "day": day, "told_at": now} for one, kind in sent])


def united(db: Db, kept: Mapping[str, str]) -> None:
    """Give sightings and downloads of articles to what they turned out to be: id -> the id kept, the same for most."""
    moved = {one: other for one, other in kept.items() if one != other}
    if not moved:
        return
    db.register("united", pa.table({"id": list(moved), "kept": list(moved.values())}))
    for table in ("items", "pages"):
        db.execute(query("unite").format(table=table))


def archived(db: Db, file: str, length: int) -> None:
    """Keep how much of a WARC file is committed."""
    save(db, "archives", [{"file": file, "bytes": length}])


def pages(db: Db, found: Sequence[Page]) -> None:
    """Keep downloads."""
    save(db, "pages", [row_of(page) for page in found])


def extracted(db: Db, extractions: Sequence[Row], revisions: Sequence[Article]) -> None:
    """Keep what extracting came to, and the revisions that it made; each becomes its article's current one."""
    save(db, "extractions", extractions)
    offer(db, "wanted", [article.article_id for article in revisions])
    db.execute(query("retire_revisions"))
    save(db, "articles", [row_of(article, is_current=True) for article in revisions])


def fingerprints(db: Db, prints: Sequence[Fingerprint], folded_by: str = "") -> None:
    """Keep fingerprints, by which rules their copies were looked for, and the shingles of the current texts only."""
    save(db, "fingerprints", [row_of(one, folded_by=folded_by) for one in prints])
    sampled = [
        {"hash": value, "article_id": one.article_id, "revision": one.revision}
        for one in prints
        for value in one.sample
    ]
    replace(db, "shingles", sampled, of=[(one.article_id,) for one in prints])


def duplicates(db: Db, found: Sequence[Duplicate], touched: Sequence[str]) -> None:
    """Keep the copies of every group touched; an article of a group that is no copy any more loses its row."""
    replace(db, "duplicates", [_without_shared(one) for one in found], of=[(one,) for one in touched])
    _shared(db, "copy", found, touched)


def judgements(db: Db, found: Sequence[Judgement], now: datetime) -> None:
    """Keep judgements with their parts; an older judgement of the same revision is replaced whole."""
    of = [(one.article_id, one.revision) for one in found]
    save(db, "judgements", [row_of(one, judged_at=now) for one in found])
    replace(db, "tags", [row for one in found for row in _tags(one)], of)
    replace(db, "entities", [row for one in found for row in _numbered(one, one.entities)], of)
    replace(db, "amounts", [row for one in found for row in _numbered(one, one.amounts)], of)
    replace(db, "anchors", [row for one in found for row in _placed(one)], of)
    dated = [_spelled(one, words) | {"day": day} for one in found for day, words in one.dates_ahead]
    replace(db, "dates_ahead", dated, of)
    replace(db, "evidence", [_spelled(one, words) for one in found for words in one.evidence], of)
    met = [row_of(sentence) | _of(one) for one in found for sentence in one.encounters]
    replace(db, "encounters", met, of)


def stories(
    db: Db,
    told: Sequence[Story],
    members: Sequence[Membership],
    links: Sequence[Continuation],
    touched: Iterable[str] = (),
    *,
    revisions: Mapping[str, str] = _NONE,
    rules: str = "",
) -> None:
    """Keep stories, who is in them and what they follow up; all rows of the stories given are replaced.

    An article of ``touched`` that is no member of any loses its row. `revisions` are those of the members as they were
    compared, by article_id, and `rules` by what they were.
    """
    placed = sorted({*touched, *(member.article_id for member in members)})
    kept = [
        _without_shared(one) | {"revision": revisions.get(one.article_id, ""), "rule_version": rules} for one in members
    ]
    save(db, "stories", [row_of(story) for story in told])
    replace(db, "story_articles", kept, of=[(one,) for one in placed])
    _shared(db, "story", members, placed)
    _shared(db, "follow_up", links, placed)
    replace(db, "story_links", [_without_shared(link) for link in links], of=[(story.story_id,) for story in told])
    _links_to_merged(db, told)


def moves(db: Db, found: Sequence[Move]) -> None:
    """Keep who left which story; one that nobody is left in loses its links."""
    save(db, "story_moves", [row_of(one) for one in found])
    db.execute(query("remove_empty_links"))


def issue(db: Db, one: Issue, week: Week, renderings: Sequence[Rendering], now: datetime) -> None:
    """Freeze a week: the composed issue, its lines, and its bytes in every language."""
    content = to_json(one)
    frozen = {"week": one.week, "zone": one.zone, "starts_at": week.start, "ends_at": week.end, "frozen_at": now}
    save(db, "issues", [frozen | {"content": content, "sha256": hashlib.sha256(content.encode()).hexdigest()}])
    replace(db, "issue_entries", [_line(one.week, entry) for entry in one.entries], of=[(one.week,)])
    save(db, "renderings", [row_of(rendering, sha256=rendering.sha256) for rendering in renderings])


def delivery(db: Db, one: Delivery) -> None:
    """Keep how far one issue got on its way to one reader."""
    save(db, "deliveries", [row_of(one)])


def override(db: Db, one: Override) -> None:
    """Keep what a user decided; other labels of an article take the place of its row."""
    save(db, "overrides", [row_of(one)])


def no_override(db: Db, override_id: str) -> None:
    """Take back what a user decided."""
    replace(db, "overrides", [], of=[(override_id,)])


def _links_to_merged(db: Db, told: Sequence[Story]) -> None:
    """Let what followed a story that went into another one follow that one."""
    into = {one.story_id: one.merged_into for one in told if one.merged_into}
    offer(db, "wanted", into)
    found = rows(db, "links_of_followers")
    kept: dict[tuple[str, str], Row] = {}
    for row in found:
        earlier = into.get(row["earlier_id"]) or str(row["earlier_id"])
        if earlier != row["story_id"]:
            kept.setdefault((row["story_id"], earlier), row | {"earlier_id": earlier})
    replace(db, "story_links", list(kept.values()), of=sorted({(row["story_id"],) for row in found}))


_Compared = Duplicate | Membership | Continuation


def _shared(db: Db, link: str, found: Sequence[_Compared], touched: Iterable[str]) -> None:
    """Keep what articles share with those that they were compared with, by the revisions that are current."""
    positions: defaultdict[str, Iterator[int]] = defaultdict(count)
    spelled = [
        {"link": link, "article_id": key, "against": one.against, "position": next(positions[key])}
        | _spelled_both(common)
        for one in found
        for key, common in [(one.article_id, each) for each in one.shared]
    ]
    offer(db, "wanted", {name for one in found if one.shared for name in (one.article_id, one.against)})
    revision = {row["article_id"]: row["revision"] for row in rows(db, "revisions_of")}
    for row in spelled:
        row |= {"revision": revision[row["article_id"]], "against_revision": revision[row["against"]]}
    replace(db, "shared", spelled, of=[(link, one) for one in touched])


def _spelled_both(common: Shared) -> Row:
    here, there = common.here, common.there
    return {
        "kind": common.kind,
        "key": common.key,
        "field": here.field,
        "start_char": here.start,
        "end_char": here.end,
        "text": here.text,
        "against_field": there.field if there else None,
        "against_start": there.start if there else None,
        "against_end": there.end if there else None,
        "against_text": there.text if there else None,
    }


def _without_shared(one: _Compared) -> Row:
    return {name: value for name, value in row_of(one).items() if name != "shared"}


def _line(week: str, entry: Entry) -> Row:
    best = entry.headlines[0]
    line = {"week": week, "headline": best.text, "language": best.language, "outlet": best.outlet, "url": best.url}
    names = ("position", "section", "level", "status", "story_id", "articles", "texts")
    return line | {name: getattr(entry, name) for name in names}


def _tags(one: Judgement) -> list[Row]:
    parts = [("relevance_part", name, score) for name, score in one.relevance_parts]
    topics = [("topic", name, 1 / (1 + rank)) for rank, name in enumerate(one.topics)]
    return [
        _of(one) | {"kind": kind, "value": value, "score": score, "position": position}
        for group in (parts, topics)
        for position, (kind, value, score) in enumerate(group)
    ]


def _numbered(one: Judgement, things: Sequence[object]) -> list[Row]:
    return [row_of(thing, position=position) | _of(one) for position, thing in enumerate(things)]


def _placed(one: Judgement) -> list[Row]:
    return [
        _of(one) | {"position": position, "key": each.key, "place": each.at}
        | {"start_char": each.start, "end_char": each.end}
        for position, each in enumerate(one.anchors)
    ]  # fmt: skip


def _spelled(one: Judgement, words: Evidence) -> Row:
    return _of(one) | {
        "tag": words.tag,
        "field": words.field,
        "start_char": words.start,
        "end_char": words.end,
        "text": words.text,
    }


def _of(one: Judgement | Fingerprint) -> Row:
    return {"article_id": one.article_id, "revision": one.revision}
