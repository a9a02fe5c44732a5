"""A factory of told stories: the week of told.toml, and single ones made to order."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flows.dossiers import dossiers_of, themes
from flows.settings import load
from tasks.compose import compose
from tasks.text import digest, words
from warehouse.issue import Background, Earlier, Near, SourceWeek, Told, Week, WeekCount
from warehouse.records import (
    Amount,
    Article,
    Duplicate,
    Entity,
    Evidence,
    Judgement,
    Membership,
    Shared,
    Source,
    Story,
    Words,
)

WEEK = Week(
    "2025-W18",
    datetime(2025, 4, 27, 17, tzinfo=UTC),
    datetime(2025, 5, 4, 17, tzinfo=UTC),
    date(2025, 4, 28),
    "Asia/Ho_Chi_Minh",
)
COUNTS = WeekCount(
    "2025-W18",
    {"vi": 21, "ja": 14, "en": 9, "nb": 3, "ko": 1, "zh": 1, "fr": 1},
    {"politics": 19, "economy": 8, "aid": 6, "labour": 5, "security": 4, "culture": 3},
)
HISTORY = tuple(
    WeekCount(
        f"2025-W{week}", {"vi": 10 + week % 3, "ja": 6, "en": 8, "ko": 2}, {"politics": 8, "economy": 11, "culture": 2}
    )
    for week in range(14, 18)
)
_SOURCES = """
hanoi-courier Hanoi_Courier vietnam press en courier-group
bao-song-hong Báo_Sông_Hồng vietnam press vi song-hong
tin-viet-vi Tin_Việt vietnam wire vi tin-viet major
tin-viet-en Tin_Viet_News vietnam wire en tin-viet major
saigon-trade Saigon_Trade_Letter vietnam press en saigon-trade
dong-bang Đồng_Bằng_Online vietnam press vi dong-bang
viet-lens Viet_Lens vietnam translation nb viet-lens
toto-nippo 東都日報 japan press ja toto
nishi-keizai 西海経済新聞 japan press ja nishi
nichietsu-tsushin 日越通信 japan wire ja nichietsu major
kanmon-times Kanmon_Times japan press en toto
seifu-happyo 政府発表（見本） japan readout ja jp-state
fjordposten Fjordposten third press nb fjord
mekong-wire Mekong_Wire third wire en mekong-wire
hangang-ilbo 한강일보 third press ko hangang
haixia-ribao 海峽日報 third press zh haixia
courrier-asie Le_Courrier_d'Asie third press fr courrier-asie
cuu-long Cửu_Long_Online vietnam press vi cuu-long major
keihan 京阪新報 japan press ja keihan
danube-review Danube_Asia_Review third press en danube
kitakami 北上毎朝 japan press ja kitakami
"""


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "told.toml").read_text(encoding="utf-8"))


@cache
def sources() -> dict[str, Source]:
    """Give the invented sources by id."""
    rows = [line.split() for line in _SOURCES.strip().splitlines()]
    return {
        row[0]: Source(
            source_id=row[0],
            outlet=row[1].replace("_", " "),
            family=row[5],
            kind=row[3],  # type: ignore[arg-type]
            side=row[2],  # type: ignore[arg-type]
            country={"vietnam": "VN", "japan": "JP"}.get(row[2], "XX"),
            language=row[4],
            url=f"http://{row[0]}.example/feed",
            zone="Asia/Ho_Chi_Minh",
            rights="sentence",
            enabled=True,
            major=row[-1] == "major",
        )
        for row in rows
    }


def source_weeks(**changes: dict[str, Any]) -> list[SourceWeek]:
    """Give how the sources did: all well but the four faulty ones; `changes` by id (- written _)."""
    faults: dict[str, dict[str, Any]] = {
        "cuu-long": {
            "good": 0,
            "last_state": "failed",
            "last_error": "HTTP 503",
            "failing_since": datetime(2025, 4, 24, 3, tzinfo=UTC),
        },
        "keihan": {"good": 0, "last_state": "not_a_feed", "last_error": "an HTML page, not a feed"},
        "danube-review": {"last_state": "empty"},
        "kitakami": {"frozen": True},
        "mekong-wire": {"gap": True},
        "dong-bang": {"undated": 2, "summary_only": 3},
    }
    made = []
    for key, source in sources().items():
        week = SourceWeek(source, 168, 168, 5, 0, 0, "ok", "", None, frozen=False, gap=False)
        made.append(replace(week, **(faults.get(key, {}) | changes.get(key.replace("-", "_"), {}))))
    return made


def names() -> dict[str, dict[str, str]]:
    """Give the labels of the entities by language."""
    return {entity["id"]: entity["labels"] for entity in _data()["entity"]}


def make_article(source_id: str, title: str, text: str, *, day: int = 28, **changes: Any) -> Article:
    """Make an article of a source as published on a day of April 2025, 30 and later running into May."""
    source = sources()[source_id]
    when = datetime(2025, 4, 1, 3, tzinfo=UTC) + timedelta(days=day - 1)
    key = digest(source_id, title, text)
    article = Article(
        article_id=key,
        revision=digest(title, text),
        source_id=source_id,
        outlet=source.outlet,
        family=source.family,
        side=source.side,
        source_kind=source.kind,
        url=f"http://{source_id}.example/{key}",
        canonical_url=f"http://{source_id}.example/{key}",
        language=source.language,
        title=title,
        text=text,
        text_kind="full",
        published=when,
        published_quality="explicit",
        first_seen=when + timedelta(hours=1),
        revised_at=when + timedelta(hours=1),
        words=words(text),
    )
    return replace(article, **changes)


def judge(article: Article, story: dict[str, Any], told: dict[str, Any]) -> Judgement:
    """Judge an article by looking for the words of told.toml's entities."""
    entities, evidence = [], []
    for one in _data()["entity"]:
        marks = [mark for word in one["words"] for mark in _marks(article, one["id"], word)]
        if marks:
            in_title = any(mark.field == "title" for mark in marks)
            in_lead = any(mark.field == "text" and mark.start < 200 for mark in marks)
            role = told.get("roles", {}).get(one["id"], "")
            entities.append(
                Entity(one["id"], one["name"], one["kind"], one["side"], len(marks), in_title, in_lead, role)
            )
            evidence += marks
    return Judgement(
        article_id=article.article_id,
        revision=article.revision,
        language=article.language,
        relevance=story.get("relevance", "bilateral"),
        relevance_score=4.0,
        relevance_parts=(("both-in-title", 4.0),),
        topics=tuple(story.get("topics", ("politics",))),
        entities=tuple(entities),
        event_type=story.get("event_type", ""),
        event_date=told.get("event_date", story.get("event_date")),
        event_place=story.get("place", ""),
        amounts=tuple(Amount(*one) for one in told.get("amounts", ())),
        dates_ahead=tuple(
            (date.fromisoformat(day), _mark(article, f"date_ahead:{day}", word)) for day, word in told.get("ahead", ())
        ),
        evidence=tuple(evidence),
        wire=told.get("wire", ""),
    )


def _marks(article: Article, tag: str, word: str) -> list[Evidence]:
    found = []
    for field, content in (("title", article.title), ("text", article.text)):
        start = content.find(word)
        if start >= 0:
            found.append(Evidence(tag, field, start, start + len(word), word))  # type: ignore[arg-type]
    return found


def _mark(article: Article, tag: str, word: str) -> Evidence:
    return _marks(article, tag, word)[0]


def make_told(story: dict[str, Any]) -> Told:
    """Make a told story of a table such as those of told.toml."""
    day = max(28, (story["event_date"] - date(2025, 4, 1)).days + 1) if story.get("event_date") else 28
    articles, judgements, copies, old = [], {}, {}, set()
    for one in story["article"]:
        changes = {
            key: one[key]
            for key in ("language", "correction", "rights", "text_kind", "url", "backlog", "source_kind")
            if key in one
        }
        made = make_article(
            one["source"], one["title"], one["text"], day=20 if one.get("old") else one.get("day", day), **changes
        )
        articles.append(made)
        judgements[made.article_id] = judge(made, story, one)
        if one.get("old"):
            old.add(made.article_id)
        if "copy" in one:
            root = articles[one["of"]].article_id
            why = "212 of 230 shingles shared"
            twin = (
                (Shared("address", "one.example/a", Words("url", 0, 1, made.url[:1]), None),) if one.get("twin") else ()
            )
            copies[made.article_id] = Duplicate(made.article_id, root, one["copy"], 0.92, root, why, "1", twin)
    key = story["id"]
    founded = articles[0]
    return Told(
        story=Story(
            key,
            founded.article_id,
            founded.first_seen,
            articles[-1].first_seen,
            story.get("event_type", ""),
            story.get("event_date"),
        ),
        articles=tuple(articles),
        judgements=judgements,
        memberships={
            one.article_id: Membership(
                key, one.article_id, 0.8, founded.article_id, "same people and day", strand=table.get("strand", "")
            )
            for one, table in zip(articles, story["article"], strict=True)
            if one is not founded or "strand" in table
        },
        copies=copies,
        old=frozenset(old),
        earlier=_earlier(story),
        corrected=tuple(one for one in articles if one.correction),
    )


def _earlier(story: dict[str, Any]) -> tuple[Earlier, ...]:
    if story.get("baseline"):
        return (
            Earlier(
                "b1",
                date(2024, 9, 3),
                "meeting",
                "",
                "nb",
                "Vietnam.vn",
                "https://www.vietnam.vn/no/x",
                "same leaders",
                baseline=True,
            ),
            Earlier(
                "b2",
                date(2023, 12, 1),
                "visit",
                "Chuyến thăm của Chủ tịch nước tới Tokyo",
                "vi",
                "Báo Sông Hồng",
                "http://baosonghong.example/a",
                "same partnership",
                baseline=False,
            ),
        )
    if story.get("earlier"):
        return (
            Earlier(
                "b3",
                date(2025, 4, 23),
                "statement",
                "Kế hoạch hợp tác được công bố",
                "vi",
                "Tin Việt",
                "http://tinviet.example/b",
                "same plan",
                baseline=False,
            ),
        )
    return ()


def stories() -> list[Told]:
    """Give the stories of told.toml."""
    return [make_told(story) for story in _data()["story"]]


def visit() -> Told:
    """Give the visit of told.toml, with its strands and an official text of each side."""
    return make_told(_data()["visit"][0])


def background() -> Background:
    """Give what is known beside the week: the shipped dossiers and themes, and a last issue of which one went quiet."""
    last = make_told(_data()["story"][8] | {"id": "q01"})
    article = replace(last.articles[0], article_id="q01")
    quiet = replace(last, articles=(article,), judgements={"q01": next(iter(last.judgements.values()))})
    before = replace(compose(WEEK, [quiet], source_weeks(), COUNTS), week="2025-W17")
    near = make_told(_data()["story"][13])
    below = Near(near.articles[0], "mention", 0.5, next(iter(near.judgements.values())).relevance_parts)
    return Background(before, dossiers_of(load(data="/nowhere")), themes(), (below,))


def many(count: int) -> list[Told]:
    """Give `count` stories: those of told.toml again and again, under new ids."""
    base = _data()["story"]
    return [make_told(base[at % len(base)] | {"id": f"m{at:03}"}) for at in range(count)]


def told_of(*articles: dict[str, Any], **story: Any) -> Told:
    """Make one story of the given article tables, on 28 April unless told otherwise."""
    table = {"id": "one", "event_type": "meeting", "event_date": date(2025, 4, 28), "article": list(articles)}
    return make_told(table | story)


def titles(quotes: Sequence[Any]) -> list[str]:
    """Give the texts of quotes."""
    return [quote.text for quote in quotes]
