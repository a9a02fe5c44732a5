"""The commands that correct: merge, split, unfold, relabel; and overrides, which lists them and takes them back."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any, cast, get_args

import click

from flows.cli.common import JSON
from flows.settings import load
from warehouse.records import Relevance

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_NOTE = click.option("--note", default="", help="Why, for whoever reads the override later.")


class _Topics(click.ParamType):  # type: ignore[type-arg] # generic only in click's stubs
    """Codes of topics, separated by commas; "" for none."""

    name = "topics"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:  # noqa: ANN401
        """Split the codes, or name the one that is unknown and those that there are."""
        from warehouse.seeds import tables

        known = sorted({row["topic"] for row in tables()["topics"]})
        said = tuple(dict.fromkeys(one.strip() for one in str(value).split(",") if one.strip()))
        for one in said:
            if one not in known:
                self.fail(f"{one!r} is no topic; there are {', '.join(known)}", param, ctx)
        return said


class _Language(click.ParamType):  # type: ignore[type-arg] # generic only in click's stubs
    """A primary tag of BCP 47."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Take the tag, or say what one looks like."""
        if not _LANGUAGE.fullmatch(str(value)):
            self.fail(f"{value!r} is no language tag, such as vi, ja, nb, or mul for mixed", param, ctx)
        return str(value)


@click.command()
@click.argument("story")
@click.argument("other", metavar="STORY")
@_NOTE
@JSON
def merge(story: str, other: str, note: str, as_json: bool) -> None:
    """Make one story of two (id, an article's id, or part of a headline); the older one keeps its id."""
    from flows.amend import correct

    _tell(correct.merge(load().warehouse, story, other, datetime.now(UTC), note), as_json=as_json)


@click.command()
@click.argument("story")
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@_NOTE
@JSON
def split(story: str, articles: tuple[str, ...], note: str, as_json: bool) -> None:
    """Take articles out of a story; together, with their copies, they go on as a story of their own."""
    from flows.amend import correct

    _tell(correct.split(load().warehouse, story, articles, datetime.now(UTC), note), as_json=as_json)


@click.command()
@click.argument("article")
@_NOTE
@JSON
def unfold(article: str, note: str, as_json: bool) -> None:
    """Say that an article (id, address or part of its title) is nobody's copy."""
    from flows.amend import correct

    _tell(correct.unfold(load().warehouse, article, datetime.now(UTC), note), as_json=as_json)


@click.command()
@click.argument("article")
@click.option("--relevance", type=click.Choice(get_args(Relevance)), help="How it stands to the relation.")
@click.option("--topics", type=_Topics(), metavar="A,B", help="What it is about, the main topic first; '' for nothing.")
@click.option("--language", type=_Language(), metavar="TAG", help="What it is written in.")
@click.option("--clear", is_flag=True, help="Take back all that was said of it so.")
@_NOTE
@JSON
def relabel(
    article: str,
    relevance: str | None,
    topics: tuple[str, ...] | None,
    language: str | None,
    clear: bool,
    note: str,
    as_json: bool,
) -> None:
    """Say what an article (id, address or part of its title) is; the rules' own judgement is kept beside it."""
    from flows.amend import correct

    given = (relevance, topics, language) != (None, None, None)
    if given == clear:
        raise click.UsageError("Give --relevance, --topics or --language, or --clear alone.")
    if clear:
        _tell(correct.clear(load().warehouse, article, datetime.now(UTC)), as_json=as_json, removed=True)
        return
    labels = correct.Labels(cast("Relevance", relevance or ""), topics, language or "")
    _tell(correct.relabel(load().warehouse, article, labels, datetime.now(UTC), note), as_json=as_json)


@click.group()
def overrides() -> None:
    """List what was decided by merge, split, unfold and relabel, or take one back."""


@overrides.command("list")
@JSON
def overrides_list(as_json: bool) -> None:
    """List every override, oldest first."""
    from flows.amend.overrides import held, lines

    found = held(load().warehouse)
    click.echo(json.dumps(found, ensure_ascii=False, default=str) if as_json else lines(found))


@overrides.command("remove")
@click.argument("override_id", metavar="ID")
@JSON
def overrides_remove(override_id: str, as_json: bool) -> None:
    """Take an override back: the rules decide again, at once."""
    from flows.amend import correct

    _tell(correct.remove(load().warehouse, override_id, datetime.now(UTC)), as_json=as_json, removed=True)


def _tell(done: Any, *, as_json: bool, removed: bool = False) -> None:  # noqa: ANN401 - Corrected, which costs an import
    if as_json:
        from dataclasses import asdict

        click.echo(json.dumps(asdict(done), ensure_ascii=False, default=str))
        return
    click.echo(done.said if done.changed else f"Nothing changed. {done.said}")
    if not removed and done.override.kind:
        click.echo(f"To take it back: vnjp overrides remove {done.override.override_id}")
