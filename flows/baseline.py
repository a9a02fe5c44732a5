"""The five articles that every warehouse starts with: known by facts and fingerprints, not by their sentences."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tasks.cluster import Judged, cluster
from tasks.dedupe import DENSE, fingerprint, shingles
from tasks.extract.residue import tidy
from tasks.lexicon import Lexicon, build
from tasks.tag import tag
from tasks.text import digest, words
from tasks.urls import canonical
from warehouse import read, write
from warehouse.connect import Db, Warehouse
from warehouse.errors import MendableError
from warehouse.publish import publish
from warehouse.records import Amount, Article, Fingerprint, Judgement, Source
from warehouse.seeds import tables

# What facts.toml does not say: publisher family, whether the text is a machine's, and the event in our own words, by
# which an article without a headline is called and which all are tagged with: some texts begin with a caption.
_FAMILIES = {"000": "vietnam-vn", "001": "hcmc-party", "002": "vna", "003": "vna", "004": "vneconomy"}
_MACHINE = {"000"}
_EVENTS = {
    "000": "To Lam and Kishida Fumio hold talks online on 3 September 2024",
    "001": "To Lam receives Ishiba Shigeru in Hanoi on 27 April 2025, during his visit to Vietnam",
    "002": "Bui Thanh Son on Vo Van Thuong's visit to Japan of 27-30 November 2023, which raised ties "
    "to a comprehensive strategic partnership",
    "003": "Truong Thi Mai leads a Party delegation on a working visit to Japan from 31 March to 3 April 2024",
    "004": "Bui Thanh Son and Yamada Takio speak at the conference Meet Japan 2023 in Hanoi on 2 November 2023",
}
_SAME = 0.5  # share of a kept sample that a file must hold to be that article; no two of the five share a tenth


@dataclass(frozen=True, slots=True)
class Known:
    """One article of the baseline, with all that is held of it."""

    article: Article
    judgement: Judgement
    fingerprint: Fingerprint


def make(folder: Path, out: Path) -> None:
    """Write the facts and fingerprints of the articles in `folder` (facts.toml and texts) to `out`; no sentence."""
    facts = folder / "facts.toml"
    if not facts.is_file():
        raise MendableError(f"There is no facts.toml in {folder}. Give the folder that holds it and the five texts.")
    lexicon = build(tables())
    found = [_known(entry, folder, lexicon) for entry in tomllib.loads(facts.read_text("utf-8"))["article"]]
    rows = [json.loads(_CODEC.dump_json(_bare(one))) for one in found]
    out.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@cache
def known() -> tuple[Known, ...]:
    """Read the shipped facts and fingerprints."""
    shipped = json.loads(files("warehouse").joinpath("seeds/baseline.json").read_text("utf-8"))
    return tuple(_CODEC.validate_python(row) for row in shipped)


def hold(db: Db) -> None:
    """Put the baseline into a warehouse that has none yet, each article as a story of its own."""
    five = known()
    if read.articles(db, [one.article.article_id for one in five]):
        return
    write.sources(db, [_SOURCE])
    write.extracted(db, [], [one.article for one in five])
    write.judgements(db, [one.judgement for one in five], five[0].article.revised_at)
    write.fingerprints(db, [one.fingerprint for one in five])
    told = cluster([Judged(one.article, one.judgement) for one in five], (), (), (), {}, build(tables()))
    write.stories(db, told.stories, told.memberships, told.continuations)


def take_texts(warehouse: Warehouse, folder: Path) -> dict[str, int]:
    """Add the full texts in `folder` to the articles they are; a file that is none of the five is refused by name."""
    if not folder.is_dir():
        raise MendableError(f"There is no folder {folder}. Give the one that holds the five texts.")
    matched = {path: match(path.read_text("utf-8", "replace")) for path in sorted(folder.glob("*.txt"))}
    if not matched:
        raise MendableError(f"There is no .txt file in {folder}. Give the folder that holds the five texts.")
    if strangers := [path.name for path, one in matched.items() if one is None]:
        raise MendableError(f"{strangers[0]} is none of the five articles of the baseline. Take it out of {folder}.")
    lexicon = build(tables())
    full = [_with_text(one, path.read_text("utf-8"), lexicon) for path, one in matched.items() if one]
    with warehouse.writer() as db:
        hold(db)
        write.extracted(db, [], [one.article for one in full])
        write.judgements(db, [one.judgement for one in full], full[0].article.revised_at)
        write.fingerprints(db, [one.fingerprint for one in full])
    publish(warehouse)
    return {"texts": len(full)}


def match(text: str) -> Known | None:
    """Say which of the five a text is, by how much of its kept sample the text holds; None for none."""
    held = set(shingles(text))
    shares = [
        (sum(value in held for value in one.fingerprint.sample) / len(one.fingerprint.sample), one) for one in known()
    ]
    share, best = max(shares, key=lambda pair: pair[0])
    return best if share >= _SAME else None


_SOURCE = Source(
    source_id="baseline",
    outlet="baseline",
    family="baseline",
    kind="press",
    side="vietnam",
    country="VN",
    language="mul",
    url="",
    zone="Asia/Ho_Chi_Minh",
    rights="title",
    enabled=False,
    note="the five articles that every warehouse starts with",
)
_CODEC = TypeAdapter(Known)


def _known(entry: dict[str, Any], folder: Path, lexicon: Lexicon) -> Known:
    number = entry["file"][:3]
    day = date.fromisoformat(entry["published"])
    seen = datetime(day.year, day.month, day.day, tzinfo=UTC)
    text, _ = tidy((folder / entry["file"]).read_text("utf-8"), (entry["title"],))
    article = Article(
        article_id=f"baseline:{number}",
        revision="",
        source_id="baseline",
        outlet=entry["outlet"],
        family=_FAMILIES[number],
        side="vietnam",
        source_kind="translation" if number in _MACHINE else "press",
        url=entry["url"],
        canonical_url=canonical(entry["url"]),
        language=entry["language"],
        title=entry["title"],
        text=text,
        text_kind="full",
        published=seen,
        published_quality="date-only",
        first_seen=seen,
        revised_at=seen,
        words=words(text),
        rights="title",
    )
    event = _EVENTS[number]
    article = replace(article, revision=digest(article.title, article.text))
    judgement = tag(replace(article, text=f"{event}.\n{article.text}"), lexicon)
    judgement = replace(judgement, anchors=tag(article, lexicon).anchors)
    return Known(replace(article, title=article.title or event), judgement, fingerprint(article, DENSE))


def _bare(one: Known) -> Known:
    """Leave out every sentence: the text, and the words that show where in it something stands."""
    entities = tuple(replace(entity, role="") for entity in one.judgement.entities)
    amounts = tuple(Amount(sum_.value, sum_.unit, sum_.text, sum_.subject) for sum_ in one.judgement.amounts)
    judgement = replace(one.judgement, evidence=(), dates_ahead=(), encounters=(), entities=entities, amounts=amounts)
    return replace(one, article=replace(one.article, text="", text_kind="none"), judgement=judgement)


def _with_text(one: Known, text: str, lexicon: Lexicon) -> Known:
    """Add the text, and the words in it that show what is held of it already."""
    full, _ = tidy(text, (one.article.title,))
    article = replace(one.article, text=full, text_kind="full")
    said = tag(article, lexicon)
    judgement = replace(one.judgement, evidence=said.evidence, encounters=said.encounters, amounts=said.amounts)
    return replace(one, article=article, judgement=judgement)
