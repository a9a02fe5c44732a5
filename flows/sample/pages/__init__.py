"""Render pages in their outlets' habits of mark-up: one skeleton a habit, in the manner of `string.Template`.

A line of a skeleton that names a member of a group ($related_title) is printed once for each member, so not at all
where the group is empty. Beside the groups there are plain values ($title, $label_related).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from string import Template

from flows.sample.furniture import Furniture, furniture
from flows.sample.outlets import Outlet
from flows.sample.texts import Shown

Group = Sequence[Mapping[str, str]]

_NAME = re.compile(r"\$([a-z]+)")
_ONCE: Group = ({},)
_POPULAR = 6  # sample headlines in a list of the most read


@lru_cache(maxsize=1024)
def page(shown: Shown, others: tuple[Shown, ...], earlier: Shown | None = None) -> bytes:
    """Render an article's page, with `others` in its lists, and `earlier` where its editor set a link into the text."""
    article = shown.article
    house = furniture(article.language)
    groups = {
        **_lists(article.outlet, house, others),
        **_body(shown, house),
        **_dates(shown, house),
        "inline": _links("inline", [earlier] if earlier else [], article.outlet),
        "caption": _each("caption", [article.caption] if article.caption else []),
        "signoff": _each("signoff", [article.outlet.sign_off] if article.outlet.sign_off else []),
    }
    values = {**_values(article.outlet, house), **_own(shown)}
    return article.outlet.encode(fill(_skeleton(article.outlet.page), values, groups))


@lru_cache(maxsize=256)
def front(outlet: Outlet, news: tuple[Shown, ...]) -> bytes:
    """Render an outlet's front page: its headlines, newest first."""
    house = furniture(outlet.language)
    groups = {**_lists(outlet, house, ()), "news": _links("news", news, outlet)}
    return outlet.encode(fill(_skeleton("front"), _values(outlet, house), groups))


def fill(skeleton: str, values: Mapping[str, str], groups: Mapping[str, Group]) -> str:
    """Fill a skeleton with escaped values; a line that names a group is repeated for each of its members."""
    return "".join(
        Template(line).substitute(values, **member) + "\n"
        for line in skeleton.splitlines()
        for member in next((groups[name] for name in _NAME.findall(line) if name in groups), _ONCE)
    )


@cache
def _skeleton(habit: str) -> str:
    return files(__package__).joinpath(f"{habit}.html").read_text(encoding="utf-8")


def _values(outlet: Outlet, house: Furniture) -> dict[str, str]:
    labels = {f"label_{name}": text for name, text in asdict(house.labels).items()}
    return {
        name: escape(text)
        for name, text in {
            **labels,
            "lang": house.language,
            "charset": outlet.charset,
            "outlet": outlet.name,
            "site": outlet.site,
            "feed": outlet.feed_path,
            "notice": house.notice,
            "section": house.sections[0],
        }.items()
    }


def _own(shown: Shown) -> dict[str, str]:
    article = shown.article
    return {
        "title": escape(shown.title),
        "summary": escape(shown.summary),
        "url": escape(article.url),
        "number": str(article.number),
        "jsonld": json.dumps(_jsonld(shown), ensure_ascii=False).replace("</", "<\\/"),
    }


def _jsonld(shown: Shown) -> dict[str, object]:
    """Describe the article in the words of https://schema.org/NewsArticle."""
    article = shown.article
    dates = (
        {}
        if article.undated
        else {
            "datePublished": article.published.astimezone(article.outlet.clock).isoformat(),
            "dateModified": shown.changed.astimezone(article.outlet.clock).isoformat(),
        }
    )
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": article.url},
        "headline": shown.title,
        "description": shown.summary,
        "publisher": {"@type": "Organization", "name": article.outlet.name},
        **dates,
    }


def _body(shown: Shown, house: Furniture) -> dict[str, Group]:
    outlet = shown.article.outlet
    *others, last = shown.paragraphs
    paragraphs = [escape(paragraph, quote=False) for paragraph in (*others, last + outlet.ending)]
    if outlet.ruby:
        paragraphs[0] = _with_readings(paragraphs[0], house.readings)
    return {"opening": _each("opening", paragraphs[:1]), "paragraph": _each("paragraph", paragraphs[1:])}


def _with_readings(markup: str, readings: Sequence[str]) -> str:
    for word, reading in (entry.split("=") for entry in readings):
        markup = markup.replace(word, f"<ruby>{word}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>", 1)
    return markup


def _dates(shown: Shown, house: Furniture) -> dict[str, Group]:
    article = shown.article
    moments = {
        "date": [] if article.undated else [article.published],
        "modified": [shown.changed] if shown.revised else [],
    }
    return {
        name: [
            {f"{name}_iso": local.isoformat(), f"{name}_text": house.dated(local)}
            for local in (moment.astimezone(article.outlet.clock) for moment in given)
        ]
        for name, given in moments.items()
    }


def _lists(outlet: Outlet, house: Furniture, others: Sequence[Shown]) -> dict[str, Group]:
    regional = [f"{section} {region}" for section in house.sections for region in house.regions]
    return {
        "menu": _places("menu", "/", house.sections),
        "region": _places("region", "/region/", regional),
        "tag": _places("tag", "/tag/", house.tags),
        "related": _links("related", others, outlet),
        "popular": [*_links("popular", others[:_POPULAR], outlet), *_headlines(house)],
    }


def _each(name: str, texts: Sequence[str]) -> Group:
    return [{name: text} for text in texts]


def _places(name: str, folder: str, labels: Sequence[str]) -> Group:
    return [
        {f"{name}_label": escape(text), f"{name}_path": f"{folder}{number}"} for number, text in enumerate(labels, 1)
    ]


def _links(name: str, listed: Sequence[Shown], outlet: Outlet) -> Group:
    return [
        {f"{name}_title": escape(shown.title), f"{name}_url": escape(shown.article.link.removeprefix(outlet.site))}
        for shown in listed
    ]


def _headlines(house: Furniture) -> Group:
    return [
        {"popular_title": escape(title), "popular_url": f"/popular/{number}"}
        for number, title in enumerate(house.headlines, 1)
    ]
