"""What every part of composing needs at hand: whose sources, which names, and how to quote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from tasks.text import clean, sentences
from warehouse.issue import ALONE, Background, Name, Quote, Told, Week
from warehouse.records import Article, Entity, Source

LONGEST_TITLE = 240  # code points; a headline beyond it is cut and ends with an ellipsis


@dataclass(frozen=True, slots=True)
class Desk:
    """The week, the sources by id, what readers of each language call an entity, and what is known beside the week."""

    week: Week
    sources: Mapping[str, Source]
    names: Mapping[str, Mapping[str, str]]
    background: Background = ALONE

    def day(self, article: Article) -> date | None:
        """Give the day on which an article was published, in the week's zone."""
        return article.published.astimezone(ZoneInfo(self.week.zone)).date() if article.published else None

    def may_quote(self, article: Article) -> bool:
        """Say whether a sentence of an article may be mailed: by its source's rights then, and as they are now."""
        source = self.sources.get(article.source_id)
        return article.rights == "sentence" and (source is None or source.rights == "sentence")

    def quote(self, article: Article, field: Literal["title", "text"], start: int, end: int) -> Quote:
        """Quote the characters start to end of a field."""
        source = self.sources.get(article.source_id)
        return Quote(
            text=" ".join(clean(getattr(article, field)[start:end]).split()),
            language=article.language,
            outlet=clean(article.outlet),
            outlet_language=source.language if source else article.language,
            side=article.side,
            url=article.url,
            day=self.day(article),
            machine=article.source_kind == "translation",
            article_id=article.article_id,
            field=field,
            start=start,
            end=end,
        )

    def title(self, article: Article, *, machine: bool = False) -> Quote:
        """Quote a headline, or the opening of a text that has none and may be quoted, or else name the address.

        `machine` says that it is a translation which the source's kind does not give away.
        """
        field: Literal["title", "text"] = "title" if clean(article.title) or not self.may_quote(article) else "text"
        whole: str = getattr(article, field)
        end = len(whole) if field == "title" else next((end for _, end in sentences(whole)), 0)
        quote = self.quote(article, field, 0, _cut(whole, end))
        mark = "…" if quote.end < end else ""
        return replace(quote, text=(quote.text or article.url) + mark, machine=quote.machine or machine)

    def name(self, entity: Entity) -> Name:
        """Give an entity's name in all languages that we have."""
        labels = self.names.get(entity.entity_id, {})
        own = tuple(sorted((language, name) for language, name in labels.items() if name != entity.name))
        return Name(entity.entity_id, clean(entity.name), entity.side, own)

    def known(self, name: Name | None) -> Name | None:
        """Give a name of an earlier story in all languages that we have."""
        labels = self.names.get(name.entity_id, {}) if name else {}
        return name and replace(name, labels=tuple(sorted((a, b) for a, b in labels.items() if b != name.label)))


def _cut(whole: str, end: int) -> int:
    """Give where a headline ends that may be too long: after a word, in a script that parts words."""
    if end <= LONGEST_TITLE:
        return end
    space = whole.rfind(" ", LONGEST_TITLE // 2, LONGEST_TITLE)
    return space if space > 0 else LONGEST_TITLE


def is_machine(told: Told, article: Article) -> bool:
    """Say whether an article is a machine translation: it is listed, but it is no voice and never heads a story.

    By its source, or by the address that it shares with what it translates; what people translated is a copy, and its
    headline and words may be shown to who reads its language.
    """
    copy = told.copies.get(article.article_id)
    twin = copy is not None and any(one.kind == "address" for one in copy.shared)
    return article.source_kind == "translation" or twin


def fresh(told: Told) -> tuple[Article, ...]:
    """Give the members first seen in this week; backlog is stored, but not news."""
    return tuple(one for one in told.articles if one.article_id not in told.old and not one.backlog)


def originals(told: Told) -> tuple[Article, ...]:
    """Give the week's members that say something of their own: no copies; what was corrected stands among them."""
    corrected = {one.article_id for one in told.corrected}
    ids = {one.article_id for one in fresh(told)} - told.copies.keys() | corrected
    return tuple(one for one in told.articles if one.article_id in ids)


def voices(told: Told) -> tuple[Article, ...]:
    """Give the originals that a person wrote."""
    return tuple(one for one in originals(told) if not is_machine(told, one))


def quotable(told: Told) -> tuple[Article, ...]:
    """Give the voices, and in languages that none of them speaks what people translated: copies, and no voices."""
    spoken = voices(told)
    tongues = {one.language for one in spoken}
    translated = (
        one for one in fresh(told) if (copy := told.copies.get(one.article_id)) and copy.kind == "translation"
    )
    return (*spoken, *(one for one in translated if one.language not in tongues and not is_machine(told, one)))
