"""What in the sample's texts contradicts itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from flows.sample.texts import Article, Story

_KEY = re.compile(r"[a-z0-9-]+")
_PATH = re.compile(r"/[!-~]*")
_BASELINE = re.compile(r"baseline:\d{3}")


def problems(articles: Sequence[Article], stories: Sequence[Story]) -> Iterator[str]:
    """Yield a sentence for each thing that contradicts another or breaks the format."""
    known_stories, known = {story.key for story in stories}, {article.key for article in articles}
    yield from _twice("key", [article.key for article in articles])
    yield from _twice("key", [story.key for story in stories])
    yield from _twice("address", [article.url for article in articles])
    yield from _twice("link", [article.link for article in articles])
    for article in articles:
        wrong = (*_form(article), *_truth(article, known, known_stories))
        yield from (f"article {article.key}: {problem}" for problem in wrong)
    for story in stories:
        for earlier in story.follows:
            if earlier not in known_stories and not _BASELINE.fullmatch(earlier):
                yield f"story {story.key}: follows {earlier}, which is no story"


def _form(article: Article) -> Iterator[str]:
    if not _KEY.fullmatch(article.key):
        yield "a key is of small letters, digits and hyphens"
    if not all(_PATH.fullmatch(path) for path in (article.target, article.old_path or "/")):
        yield "a path begins with / and is of ASCII without spaces"
    if not article.body.strip() or not article.title.strip():
        yield "its title or its body is empty"
    moments = [article.published, *(revision.at for revision in article.revisions)]
    if moments != sorted(set(moments)):
        yield "each revision is later than what it revises"


def _truth(article: Article, articles: set[str], stories: set[str]) -> Iterator[str]:
    if (article.story == "") is not (article.relevance in {"mention", "none"}):
        yield f"relevance {article.relevance} with story {article.story!r}; bilateral and related have one, others none"
    if article.story and article.story not in stories:
        yield f"story {article.story} is not in stories.toml"
    if (article.copy_of == "") is not (article.copy_kind == ""):
        yield "copy_of and copy_kind go together"
    if article.copy_of and (article.copy_of not in articles or article.copy_of == article.key):
        yield f"copy_of is {article.copy_of}, which is no other article"


def _twice(what: str, values: Iterable[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"the {what} {value} stands {count} times"
