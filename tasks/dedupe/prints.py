"""Prints of texts: hashed shingles, all of them for comparing, a sample of them for keeping."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tasks.text import digest, fold, fold_back
from tasks.urls import twin_key
from warehouse.records import Anchor, Article, Fingerprint

SAMPLE = 16  #: one shingle hash in sixteen is kept: enough to find copies among everything held
DENSE = 4  #: one in four where the sample must stand for the text: the baseline ships without its texts
RULES = "dedupe-2"

_LONGEST = 200_000  # characters looked at: what is longer is a dump of a site
_TOKEN = re.compile("[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\\W_\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_BLANK_IN_NAME = re.compile(r"\b(?:viet (?=nam\b)|ha (?=noi\b))")  # house styles differ in it
_SPACELESS = re.compile("[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]")
#: odd, so that no bit of a token is lost: 2 ** 64 divided by the golden ratio, and its powers modulo 2 ** 64
_WEIGHTS = tuple(0x9E3779B97F4A7C15**power % 2**64 for power in range(1, 6))
_MASK = 2**64 - 1
_KEPT = 65_536  # tokens whose hashes are kept


@dataclass(frozen=True, slots=True)
class Printed:
    """An article in its current revision, with the print of its text, and what of it survives translation."""

    article: Article
    fingerprint: Fingerprint
    anchors: tuple[Anchor, ...] = ()


def fingerprint(article: Article, keep: int = SAMPLE) -> Fingerprint:
    """Take the print of an article's text, the same on every machine and for good; of ``keep`` hashes keep one."""
    tokens = _tokens(article.text)
    hashes = set(_hash(tokens))
    return Fingerprint(
        article_id=article.article_id,
        revision=article.revision,
        body_hash=digest(*tokens) if tokens else "",
        shingles=len(hashes),
        sample=tuple(sorted(value for value in hashes if value % keep == 0)),
        rule_version=RULES,
        twin=twin_key(article.url) or "",
    )


def shingles(text: str) -> list[int]:
    """Hash a text's shingles, unsigned 64 bit, in the order in which they stand.

    A shingle (Broder, On the resemblance and containment of documents, 1997) is three words, or five where the first
    is a character of a script without spaces. All are folded: case, diacritics and punctuation do not count.
    """
    return _hash(_tokens(text))


class Placed(NamedTuple):
    """A shingle with its place in the text as stored: half-open code point offsets."""

    value: int
    start: int
    end: int


def placed(text: str) -> list[Placed]:
    """Hash a text's shingles as ``shingles`` does, each with its place."""
    folded = fold_back(text[:_LONGEST])
    blanks = {found.end() - 1 for found in _BLANK_IN_NAME.finditer(folded.text)}
    kept = [index for index in range(len(folded.text)) if index not in blanks]
    found = list(_TOKEN.finditer("".join(folded.text[index] for index in kept)))
    spans = [folded.span(kept[one.start()], kept[one.end() - 1] + 1) for one in found]
    tokens = [one.group() for one in found]
    return [
        Placed(value, spans[start][0], spans[start + size - 1][1])
        for value, (start, size) in zip(_hash(tokens), _cuts(tokens), strict=True)
    ]


def density(print_: Fingerprint) -> int:
    """Say of how many shingle hashes a print keeps one."""
    return SAMPLE if all(value % SAMPLE == 0 for value in print_.sample) else DENSE


def _tokens(text: str) -> list[str]:
    """Cut a text into folded words; in scripts without spaces each character stands for a word."""
    folded = fold(text[:_LONGEST])
    if "viet nam" in folded or "ha noi" in folded:  # seldom: trying every word is slow
        folded = _BLANK_IN_NAME.sub(lambda found: found.group()[:-1], folded)
    return _TOKEN.findall(folded)


def _cuts(tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Say where each shingle starts and how many tokens it takes."""
    for start, token in enumerate(tokens):
        size = 5 if _SPACELESS.match(token) else 3
        if start + size <= len(tokens):
            yield start, size


def _hash(tokens: list[str]) -> list[int]:
    """Hash each token once, and each shingle as a sum of its tokens' hashes with odd weights, modulo 2 ** 64."""
    if not tokens:
        return []
    one, two, three, four, five, spaceless = zip(*map(_HASHED.__getitem__, tokens), strict=True)
    triples = [(a + b + c) & _MASK for a, b, c in zip(one, two[1:], three[2:], strict=False)]
    if not any(spaceless):
        return triples
    fives = [(a + b + c) & _MASK for a, b, c in zip(triples, four[3:], five[4:], strict=False)]
    found = [wide if alone else narrow for alone, narrow, wide in zip(spaceless, triples, fives, strict=False)]
    return found + [
        narrow for alone, narrow in zip(spaceless[len(fives) :], triples[len(fives) :], strict=False) if not alone
    ]


class _Hashed(dict[str, tuple[int, int, int, int, int, bool]]):
    """Tokens' hashes with each weight, and whether they are of a script without spaces: words come again and again."""

    def __missing__(self, token: str) -> tuple[int, int, int, int, int, bool]:
        value = int.from_bytes(
            hashlib.blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
        )
        one, two, three, four, five = (value * weight & _MASK for weight in _WEIGHTS)
        found = (one, two, three, four, five, bool(_SPACELESS.match(token)))
        if len(self) < _KEPT:
            self[token] = found
        return found


_HASHED = _Hashed()
