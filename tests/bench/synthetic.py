"""A warehouse of any size, made in bulk: ``python -m tests.bench.synthetic DATA [ARTICLES]`` (default 100000).

Its shape is that of a monitor that has run for years: sources of which few give most, a quarter of the articles
relevant, stories of one to twelve articles, copies, names, figures, evidence at its place, checks, issues. The texts
are words by chance, about 3,000 characters, or 1,100 without spaces where the source writes Japanese or Chinese. The
same size and seed make the same rows in one version of DuckDB.
Left out: what is composed of an issue (`content` is ``{}``), WARC files, and the baseline.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import pyarrow as pa

from tests.samples import source
from warehouse import write
from warehouse.attach import Db
from warehouse.connect import Warehouse
from warehouse.publish import publish
from warehouse.records import Outlet, Ownership, Run, Source
from warehouse.rows import save

START = datetime(2020, 1, 6, tzinfo=UTC)  # a Monday
_SOURCES = 200
_SENTENCES = 20_000  # of which texts are made
_PORTION = 16_000  # articles a transaction; whole stories, which are made of 160 numbers
_A_WEEK = 1000
_WEEKS = 520  # at most: beyond that, the weeks are fuller
_CHECKS = 4  # a source and day
_LANGUAGES = {"vietnam": ("vi", "vi", "en"), "japan": ("ja", "ja", "en"), "third": ("en", "zh", "ko", "nb")}
_UNSPACED = ("ja", "zh")
_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềệốồộ"
_CHARACTERS = "のにはをたがでてとしれさあいるもなかりこ" + "".join(chr(0x4E00 + 31 * number) for number in range(600))
_HERE = Path(__file__).parent


def fill(house: Warehouse, articles: int, seed: int = 20250427, length: int = 20) -> None:
    """Fill an empty warehouse with texts of so many sentences; the private file is complete, nothing is published."""
    weeks = min(_WEEKS, max(2, articles // _A_WEEK))
    dice = random.Random(seed)
    count = min(_SENTENCES, 2 * articles)
    spaced, unspaced = _sentences(dice, count, _LETTERS, " "), _sentences(dice, count, _CHARACTERS, "")
    stocks = [unspaced if _source(number).language in _UNSPACED else spaced for number in range(_SOURCES)]
    with house.writer() as db:
        _sources(db)
    for first in range(0, articles, _PORTION):
        with house.writer() as db:
            _portion(db, range(first, min(articles, first + _PORTION)), stocks, dice, length)
            db.execute(f"set variable size = {articles}; set variable weeks = {weeks}")
            db.execute((_HERE / "synthetic.sql").read_text(encoding="utf-8"))
    with house.writer() as db:
        db.execute(f"set variable weeks = {weeks}; set variable checks = {_CHECKS}")
        db.execute((_HERE / "synthetic_weeks.sql").read_text(encoding="utf-8"))
        write.run(db, Run("bench", "collect", START, START, START, "completed"))


def _sources(db: Db) -> None:
    made = [_source(number) for number in range(_SOURCES)]
    write.sources(db, made)
    write.outlets(db, [_outlet(one) for one in made[::2]])
    checked = START + timedelta(days=7 * _WEEKS)
    states = {"state": "ok", "outcome": "ok", "error": "", "checked_at": checked, "good_at": checked, "checks": 1}
    save(db, "source_health", [{"source_id": one.source_id, "new_items": 1, **states} for one in made])


def _source(number: int) -> Source:
    side = ("vietnam", "japan", "third", "vietnam", "japan")[number // 2 % 5]
    spoken = _LANGUAGES[side]
    return source(
        source_id=f"source-{number:03}",
        outlet=f"Outlet {number // 2:03}",
        outlet_id=f"outlet-{number // 2:03}",
        family=f"family-{number // 2 % 60:03}",
        kind="wire" if number % 20 == 7 else "readout" if number % 20 == 11 else "press",
        side=side,
        language=spoken[number % len(spoken)],
        url=f"http://source-{number:03}.example/rss",
    )


def _outlet(one: Source) -> Outlet:
    owners: tuple[Ownership, ...] = ("state", "commercial", "party")
    return Outlet(
        one.outlet_id, one.outlet, (f"{one.source_id}.example",), one.side, one.country, one.family,
        owners[int(one.outlet_id[-3:]) % 3],
        "an owner", "", date(2025, 1, 1), "low", "nowhere",
    )  # fmt: skip


def _sentences(dice: random.Random, count: int, letters: str, gap: str) -> list[str]:
    """Make sentences of words whose frequencies fall as in a language; those without gaps are of shorter words."""
    longest = 7 if gap else 3
    words = ["".join(dice.choices(letters, k=dice.randint(longest // 3, longest))) for _ in range(8000)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    end = "." if gap else "。"
    return [gap.join(dice.choices(words, cum_weights=weights, k=28)) + end for _ in range(count)]


def _portion(db: Db, numbers: range, stocks: list[list[str]], dice: random.Random, length: int) -> None:
    """Offer a text a number, of the sentences of its source's language; few sources give most."""
    sources = [int(dice.random() ** 2 * _SOURCES) for _ in numbers]
    bodies = ["\n".join(dice.choices(stocks[source], k=length)) for source in sources]
    titles = [dice.choice(stocks[source])[:50] for source in sources]
    columns = {"n": pa.array(numbers, pa.int64()), "source_no": pa.array(sources, pa.int32())}
    db.register("bodies", pa.table({**columns, "title": titles, "body": bodies}))


def main(folder: Path, articles: int) -> None:
    """Fill a data folder, publish it, and say what it took."""
    house, begun = Warehouse(folder), time.monotonic()
    fill(house, articles)
    publish(house)
    size = house.private.stat().st_size / 1e6
    print(f"{articles} articles, {size:.0f} MB, {time.monotonic() - begun:.0f} s: {house.private}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
