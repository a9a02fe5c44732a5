"""Near duplicates: precision and recall on nine kinds of edits of real texts.

    python -m tests.bench.near_duplicates [PATH...]

A PATH is a folder: its .txt files are texts, its .json files those of fundus (``body`` of a version) or of
fundus-evaluation (``ground_truth.json``). Without one, ../shared/data and ../shared/baseline are read. Every text is
edited in each way and judged against all originals at once, with the steps' own functions. Negatives are the other
texts, texts that carry up to a third of another one's sentences as background, and the sample's articles, of which
many tell one story and few are copies.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.sample import load
from tasks.dedupe import Printed, dedupe, fingerprint
from tasks.text import digest, is_cjk, sentences, words
from warehouse.records import Article

NOW = datetime(2025, 4, 27, tzinfo=UTC)
SHARED = Path(__file__).resolve().parents[3] / "shared"
FURNITURE = "Read more. Share this article with your friends. Sign up to our newsletter. All rights reserved. "
LEAST_WORDS = 120  # below it a quarter of the sentences is a headline

Edit = Callable[[list[str], list[str], random.Random], list[str]]


def pieces(text: str) -> list[str]:
    """Cut a text into sentences."""
    return [text[start:end] for start, end in sentences(text)]


def change(share: float) -> Edit:
    """Replace, drop or double a share of the words (of the characters, where words are not set apart)."""

    def edit(own: list[str], other: list[str], dice: random.Random) -> list[str]:
        return [_changed(sentence, share, " ".join(other), dice) for sentence in own]

    return edit


def _changed(sentence: str, share: float, source: str, dice: random.Random) -> str:
    joint = "" if is_cjk(sentence) else " "
    units = list(sentence) if joint == "" else sentence.split()
    stock = [unit for unit in (list(source) if joint == "" else source.split()) if not unit.isspace()]
    # a character is half a word or less: an edit of a word falls on two neighbours
    rate = share / 2 if joint == "" else share
    out: list[str] = []
    for unit in units:
        if dice.random() >= rate:
            out.append(unit)
        else:
            out.extend(dice.choice(([dice.choice(stock)], [], [unit, dice.choice(stock)])))
    return joint.join(out)


def house_style(own: list[str], _other: list[str], dice: random.Random) -> list[str]:
    """Write some words of a text, a twelfth of what is printed, differently throughout: spellings, titles, units."""
    text = "\n".join(own)
    joint = "" if is_cjk(text) else " "
    counts = Counter(list(text) if joint == "" else text.split())
    kinds = sorted(counts)
    dice.shuffle(kinds)
    budget, chosen = sum(counts.values()) / (24 if joint == "" else 12), set[str]()
    for kind in kinds:
        if counts[kind] <= budget and not kind.isspace():
            budget -= counts[kind]
            chosen.add(kind)
    styled = [
        joint.join(unit + "x" if unit in chosen else unit for unit in (list(one) if joint == "" else one.split()))
        for one in own
    ]
    return [one.replace("“", '"').replace("”", '"') for one in styled]


def cut(share: float) -> Edit:
    """Keep the lead and the sentences after it, up to a share of all."""

    def edit(own: list[str], _other: list[str], _dice: random.Random) -> list[str]:
        return own[: max(2, round(len(own) * share))]

    return edit


def with_furniture(own: list[str], _other: list[str], _dice: random.Random) -> list[str]:
    """Put a page's furniture around the text."""
    return [FURNITURE, *own, FURNITURE * 3]


def merged(own: list[str], other: list[str], _dice: random.Random) -> list[str]:
    """Tell it in one article with another story, both shortened."""
    return [*own[: max(2, round(len(own) * 0.8))], *other[: max(2, len(other) // 2)]]


def cut_and_restyled(own: list[str], other: list[str], dice: random.Random) -> list[str]:
    """Cut to 60 % and write in another house's style."""
    return house_style(cut(0.6)(own, other, dice), other, dice)


EDITS: dict[str, Edit] = {
    "3 % of words changed": change(0.03),
    "8 % of words changed": change(0.08),
    "20 % of words changed": change(0.20),
    "house style": house_style,
    "cut to 45 %": cut(0.45),
    "cut to 25 %": cut(0.25),
    "furniture added": with_furniture,
    "merged with another": merged,
    "cut and restyled": cut_and_restyled,
}


def background(own: list[str], other: list[str], dice: random.Random) -> list[str]:
    """Tell another story, with up to two fifths of this one as a third of it: not a copy."""
    room = min(sum(map(words, other)) // 2, sum(map(words, own)) * 2 // 5)
    quoted: list[str] = []
    for sentence in own[dice.randrange(len(own)) :]:
        room -= words(sentence)
        if room >= 0:
            quoted.append(sentence)
    return [*other, *quoted]


def texts(paths: list[Path]) -> Iterator[str]:
    """Read all texts of folders."""
    for folder in paths:
        for path in sorted(folder.rglob("*.txt")):
            yield path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.json")):
            yield from _bodies(json.loads(path.read_text(encoding="utf-8")))


def _bodies(found: object) -> Iterator[str]:
    """Find the bodies in a fundus file, newest version only, or in a ground truth."""
    if not isinstance(found, dict):
        return
    versions = {name: value for name, value in found.items() if isinstance(value, dict) and "body" in value}
    chosen = [versions[max(versions)]] if versions and all(name[:1] == "V" for name in versions) else versions.values()
    for value in chosen:
        body = value["body"]
        if isinstance(body, list):
            yield "\n".join(body)
        else:
            parts = [part for section in body["sections"] for part in (*section["headline"], *section["paragraphs"])]
            yield "\n".join([*body["summary"], *parts])


def printed(name: str, text: str, hours: int) -> Printed:
    """Make an article of a text."""
    article = Article(
        article_id=name,
        revision=digest(text),
        source_id="bench",
        outlet="bench",
        family="bench",
        side="third",
        source_kind="press",
        url="http://bench.example/" + name,
        canonical_url="http://bench.example/" + name,
        language="ja" if is_cjk(text) else "en",
        title=name,
        text=text,
        text_kind="full",
        published=NOW + timedelta(hours=hours),
        published_quality="explicit",
        first_seen=NOW + timedelta(hours=hours),
        revised_at=NOW + timedelta(hours=hours),
        words=words(text),
    )
    return Printed(article, fingerprint(article))


def pairs(originals: list[str], dice: random.Random) -> Iterator[tuple[int, int]]:
    """Give each text another one in the same kind of script, by number."""
    scripts = [is_cjk(text) for text in originals]
    for number, script in enumerate(scripts):
        yield number, dice.choice([one for one, its in enumerate(scripts) if its == script and one != number])


def judge(kind: str, edit: Edit, originals: list[str], dice: random.Random) -> tuple[int, int]:
    """Edit every text one way and judge: how many edits were known again, how many rows were wrong."""
    held = [printed(f"{number:03d}", text, 0) for number, text in enumerate(originals)]
    sources: dict[str, set[str]] = {}
    new = []
    for number, other in pairs(originals, dice):
        text = "\n".join(edit(pieces(originals[number]), pieces(originals[other]), dice))
        new.append(printed(f"{number:03d} {kind}", text, 1))
        sources[new[-1].article.article_id] = {f"{number:03d}", f"{other:03d}"} if edit is merged else {f"{number:03d}"}
    rows = dedupe(new, held, ())
    right = sum(row.duplicate_of in sources.get(row.article_id, ()) for row in rows)
    return right, len(rows) - right


def quoted(originals: list[str], dice: random.Random) -> int:
    """Count the texts that are taken for copies of what they only quote."""
    wrong = 0
    for number, other in pairs(originals, dice):
        text = "\n".join(background(pieces(originals[number]), pieces(originals[other]), dice))
        wrong += len(dedupe([printed("quoting", text, 1)], [printed("quoted", originals[number], 0)], ()))
    return wrong


def of_one_story() -> tuple[int, int]:
    """Judge the sample's articles, of which many tell one story: copies known, and others taken for copies."""
    told = load().articles
    root = {one.key: one.copy_of or one.key for one in told}
    rows = dedupe([printed(one.key, one.body, 0) for one in told if one.body], (), ())
    alike = [root[row.article_id] == root[row.duplicate_of] for row in rows]
    return sum(alike), len(alike) - sum(alike)


def main(paths: list[Path]) -> None:
    """Edit, judge, count, print."""
    dice = random.Random(20250427)  # a fixed seed: the figures must come out the same
    found = sorted({text for text in texts(paths) if words(text) >= LEAST_WORDS})
    alike = {row.article_id for row in dedupe([printed(f"{n:03d}", text, 0) for n, text in enumerate(found)], (), ())}
    originals = [text for number, text in enumerate(found) if f"{number:03d}" not in alike]
    print(f"{len(originals)} texts, and {len(alike)} that repeat one of them and were left out")
    right_rows = wrong_rows = known = 0
    for kind, edit in EDITS.items():
        right, wrong = judge(kind, edit, originals, dice)
        print(f"{kind:24} recall {right / len(originals):.3f}  wrong {wrong}")
        right_rows, wrong_rows, known = right_rows + right, wrong_rows + wrong, known + right
    wrong_rows += (wrong := quoted(originals, dice))
    copies, strangers = of_one_story()
    right_rows, wrong_rows = right_rows + copies, wrong_rows + strangers
    print(f"{'quoted as background':24} {'':12}  wrong {wrong}")
    print(f"{'others of the same story':24} {copies} copies  wrong {strangers}")
    recall = known / len(originals) / len(EDITS)
    print(f"precision {right_rows / (right_rows + wrong_rows):.3f}  recall {recall:.3f}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [SHARED / "data", SHARED / "baseline"])
