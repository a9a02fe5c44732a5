"""What a warehouse costs by its size: ``python -m tests.bench.scale [ARTICLES] [--folder DIR]`` (default 100000).

Makes a synthetic warehouse and prints one table: size, publishing in its parts, every view by EXPLAIN ANALYZE, search,
the look-ups of collecting, and an issue. 1000000 takes some 20 GB of disk and half an hour of an idle machine, so
`make bench` runs the default only. What was measured stands in .bench/, and the table shows all sizes that stand there.

Seconds are those of the best of some runs, by the clock and of CPU; on an idle machine the clock shows fewer, so lines
are held against CPU, and growth is its ratio. Terms are cut for the first articles only, and stand for all others.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from flows.ask.search import Wanted, search
from flows.solve import folding
from tasks.dedupe import Printed
from tests.bench import digest, surface, synthetic
from tests.bench.growth import printed
from tests.bench.search import words_of
from tests.bench.sized import BASE, ROUNDS, Figure, Figures, amount, keep, kept, missed, spent, table
from warehouse import read, sums
from warehouse.connect import Db, Warehouse
from warehouse.copying import copied
from warehouse.dress import dress
from warehouse.index import index
from warehouse.migrate import newest
from warehouse.records import Fingerprint, Item

_CANDIDATES = 3_000  # addresses, half of them held
_NEW = 1_000  # articles to look copies up for
_COPIES = 300  # of them
_HOUR = 50  # articles that an hour brings: not indexed before publishing
_CUT = 20_000  # articles whose terms are cut in earnest
_TEXTS = """
    insert into base.search_texts by name
    with others as (
        select article_id, revision, $cut + row_number() over (order by first_seen, article_id) as number
        from base.articles
        anti join base.search_texts using (article_id)
        where is_current
    )
    select others.article_id, others.revision, others.number, texts.weight, texts.rule_version
    from others
    join base.search_texts as texts on texts.number = 1 + (others.number - 1) % $cut
    where others.number <= $last
"""
_TERMS = """
    insert into base.search_terms by name
    select term, number + $shift as number, weight from base.search_terms where number <= cast($until as uinteger)
"""


def indexed(house: Warehouse, articles: int) -> Figures:
    """Let the articles be searched for, but for those of the last hour."""
    cut = min(_CUT, articles - _HOUR)

    def some() -> None:
        for done in range(0, cut, 2000):
            with house.writer() as db:
                index(db, min(2000, cut - done))

    _, clock, used = spent(some, 1)
    with house.writer() as db:
        _stand_in(db, cut, articles - _HOUR)
    return {"cut a first 1,000 articles into search terms": Figure("s", clock / cut * 1000, used / cut * 1000)}


def _stand_in(db: Db, cut: int, last: int) -> None:
    """Index the articles up to number ``last`` by the terms of the first ``cut``, batch by batch as they stand."""
    db.execute(_TEXTS, {"cut": cut, "last": last})
    for shift in range(cut, last, cut):
        db.execute(_TERMS, {"shift": shift, "until": min(cut, last - shift)})


def published(house: Warehouse) -> Figures:
    """Publish after an hour that brought some articles, part by part."""
    figures = {}
    with house.writer() as db:
        figures[f"publish: index of {_HOUR} new articles"] = spent(lambda: index(db), 1)
        figures["publish: views, macros, lexicon of a new version"] = spent(lambda: dress(db), 1)
        figures["publish: index where nothing is new"] = spent(lambda: index(db))
        figures["publish: views, macros, lexicon as they were"] = spent(lambda: dress(db))
        figures["publish: count of all rows"] = spent(lambda: sums.count(db, newest()))
    figures["publish: copy, fsync"] = spent(lambda: copied(house.private, house.snapshot))
    figures["open and close to write nothing"] = spent(lambda: _nothing(house))
    return figures


def _nothing(house: Warehouse) -> None:
    with house.writer():
        pass


def sizes(house: Warehouse, articles: int) -> Figures:
    """Tell how large the files are."""
    private, snapshot = (path.stat().st_size / 1e6 for path in (house.private, house.snapshot))
    return {
        "private file": amount("MB", private),
        "snapshot": amount("MB", snapshot),
        "private file, 1,000 articles": amount("MB", private / articles * 1000),
    }


def asked(db: Db, sql: str) -> None:
    """Ask to the end."""
    db.execute(sql).fetchall()


def viewed(house: Warehouse, rounds: int) -> Figures:
    """Ask every public view for all its rows and columns."""
    with house.reader() as db:
        found = {
            f"view {name}": spent(partial(asked, db, f"explain analyze from main.{name}"), rounds)
            for name in surface.names(db)
        }
        if slow := {name: joins for name in surface.names(db) if (joins := surface.joins(db, name))}:
            raise SystemExit(f"Views that compare every row with every row: {slow}")
    return dict(sorted(found.items(), key=lambda pair: -pair[1].used))


def searched(house: Warehouse) -> Figures:
    """Search for a rare and a common word, for two Vietnamese ones without their accents, and in Japanese."""
    with house.reader() as db:
        words = words_of(db)
        wanted = {"a rare word": words["rare"], "a common word": words["common"]}
        for name, language, pattern in (
            ("Vietnamese without accents", "vi", r" ([[:alpha:]]{4,} [[:alpha:]]{4,}) "),
            ("Japanese", "ja", r" as ([\p{Han}]{4})"),
        ):
            sql = """
                select strip_accents(regexp_extract(title, $pattern, 1)) as phrase from base.articles
                where language = $language and phrase <> '' order by first_seen limit 1
            """
            ((wanted[name],),) = db.execute(sql, {"pattern": pattern, "language": language}).fetchall()
    return {f"search, {name}": spent(partial(search, house, Wanted(one))) for name, one in wanted.items()}


def known(db: Db) -> Figures:
    """Look up what collecting asks of some sightings, half of them held, from all the years."""
    ids = _some(db, _CANDIDATES // 2)
    held = [sighted[0] for sighted in read.items(db, ids).values()]
    items = [*held, *map(_other, held)]
    ((now,),) = db.execute("select max(first_seen) + interval 1 day from base.items").fetchall()
    queries: dict[str, Callable[[], object]] = {
        "known_items": lambda: read.unknown_items(db, items),
        "known_entries": lambda: read.known_entries(db, items, now),
        "known_under": lambda: read.known_under(db, [one.canonical_url for one in items]),
        "sightings_like": lambda: read.sightings(db, items),
    }
    assert len(read.unknown_items(db, items)) == len(items) // 2
    found = {name: spent(work) for name, work in queries.items()}
    whole = Figure("s", sum(one.clock for one in found.values()), sum(one.used for one in found.values()))
    return {f"look up {len(items):,} addresses": whole, **{f"  of that {name}": one for name, one in found.items()}}


def _some(db: Db, count: int) -> list[str]:
    """Choose articles by chance, the same whenever it is asked."""
    sql = "select article_id from base.articles where is_current order by hash(article_id) limit ?"
    return [one for (one,) in db.execute(sql, [count]).fetchall()]


def _other(item: Item) -> Item:
    changed = ("item_id", "identity", "article_id", "canonical_url", "title_key")
    return replace(item, **{name: "x" + getattr(item, name) for name in changed})


def alike(db: Db) -> Figures:
    """Look up what the newest articles may be copies of, and read what deduping compares them with."""
    sql = "select article_id from base.articles where is_current order by first_seen desc, article_id limit ?"
    ids = [one for (one,) in db.execute(sql, [_NEW]).fetchall()]
    dice = random.Random(20250427)
    fresh = dict(zip(ids, (printed(10_000_000 + number, dice) for number in range(len(ids))), strict=True))
    prints = [replace(one, article_id=key) for key, one in fresh.items()]
    copied_from = [one for one in _some(db, 2 * _COPIES) if one not in fresh][:_COPIES]
    held = read.fingerprints(db, copied_from)
    prints[:_COPIES] = [_copy(one, held[other]) for one, other in zip(prints[:_COPIES], copied_from, strict=True)]
    articles = read.articles(db, ids)
    new = [Printed(articles[one.article_id], one) for one in prints]
    found = set(read.alike(db, prints, 1))
    assert found >= set(copied_from)
    return {
        f"look up near copies of {len(ids):,} articles": spent(lambda: read.alike(db, prints, 1)),
        "  of that held articles found": amount("", len(found)),
        "  with all that deduping reads of them": spent(lambda: folding(db, new)),
    }


def _copy(one: Fingerprint, of: Fingerprint) -> Fingerprint:
    """Let a print share nine hashes in ten with another."""
    kept = of.sample[: max(1, len(of.sample) * 9 // 10)]
    return replace(one, sample=tuple(sorted({*kept, *one.sample[:2]})))


def issued(db: Db, folder: Path) -> Figures:
    """Compose and render an issue; what that writes is taken back."""
    parts, floor = digest.parts(db, folder)
    db.execute("ROLLBACK")
    db.execute("BEGIN")
    made = parts["composing"] + parts["rendering"]
    return {
        f"an issue of {digest.STORIES} stories: compose, render": amount("s", made),
        **{f"  beside that {name}": amount("s", value) for name, value in parts.items() if name == "reading"},
        "  beside that one bare query for its rows": amount("s", floor),
    }


def measured(folder: Path, articles: int) -> Figures:
    """Make the warehouse where there is none, and measure all of it."""
    house = Warehouse(folder)
    figures: Figures = {}
    if not house.private.exists():
        figures["generate"] = spent(lambda: synthetic.fill(house, articles), 1)
    with house.writer() as db:
        searchable = bool(sums.count(db, newest()).rows["search_texts"])
    if not searchable:
        figures |= indexed(house, articles)
    figures |= published(house) | sizes(house, articles)
    keep(articles, figures)
    with house.writer() as db:
        figures |= known(db) | alike(db)
    keep(articles, figures)
    figures |= searched(house) | viewed(house, ROUNDS if articles <= BASE else 1)
    keep(articles, figures)
    with house.writer() as db:
        figures |= issued(db, folder)
    return figures


def main(articles: int, folder: Path | None = None) -> int:
    """Measure, keep, print; give 1 where a line is missed."""
    with tempfile.TemporaryDirectory() as own:
        figures = measured(folder or Path(own), articles)
    keep(articles, figures)
    for line in table(kept()):
        print(line, flush=True)
    if late := missed(articles, figures):
        print("A second or more:", ", ".join(late))
    return int(bool(late))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=int, default=BASE)
    parser.add_argument("--folder", type=Path, help="data folder to fill, or to use as it is; it stays")
    given = parser.parse_args()
    sys.exit(main(given.articles, given.folder))
