"""The commands that ask: what is held, and why it was judged so."""

from __future__ import annotations

import json
import sys
from datetime import datetime

import click

from flows.cli.common import FINE, JSON, NOTHING, Instant
from flows.settings import load

_RELEVANCE = ("bilateral", "related", "mention", "none")


@click.command()
@click.argument("query", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@JSON
def sql(query: str | None, as_csv: bool, as_json: bool) -> None:
    """Ask the published snapshot a question in SQL (read from standard input without QUERY)."""
    from flows.ask import query as asking

    result = asking.ask(load().warehouse.snapshot, query or sys.stdin.read())
    click.echo((asking.as_json if as_json else asking.as_csv if as_csv else asking.as_table)(result))


@click.command()
@click.argument("article")
@JSON
def why(article: str, as_json: bool) -> None:
    """Say what is held of an article (id, address or part of its title), and the words that say so."""
    from flows.ask.why import explain
    from flows.ask.why_lines import told

    found = explain(load().warehouse, article)
    click.echo(json.dumps(found, ensure_ascii=False, default=str) if as_json else told(found))


@click.command()
@click.argument("story")
@JSON
def story(story: str, as_json: bool) -> None:
    """Tell a story (id, an article's id, or part of its headline): its days, its articles, and why each is in it."""
    from flows.ask.story import explain, told

    found = explain(load().warehouse, story)
    click.echo(json.dumps(found, ensure_ascii=False, default=str) if as_json else told(found))


@click.command()
@click.argument("text")
@click.option("--since", type=Instant(), help="Only what was published since a day or an instant.")
@click.option("--relevance", multiple=True, type=click.Choice(_RELEVANCE), help="Only what was judged so; may be repeated.")
@click.option("--language", "languages", multiple=True, help="Only what is written in it (vi, ja, ...); may be repeated.")
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="At most so many articles.")
@JSON
def search(  # noqa: D417 - click says what the options are
    text: str, since: datetime | None, relevance: tuple[str, ...], languages: tuple[str, ...], limit: int, as_json: bool
) -> None:
    """Find articles by words of their titles and texts, best first; accents may be left out, Japanese needs no spaces."""
    from flows.ask.search import Wanted, WrongQuestionError, nothing, told
    from flows.ask.search import search as find

    try:
        found = find(load().warehouse, Wanted(text, since, relevance, languages, limit))
    except WrongQuestionError as error:
        raise click.BadParameter(str(error), param_hint="TEXT") from error
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, default=str))
    elif found["found"]:
        click.echo(told(found, bold=sys.stdout.isatty()))
    else:
        click.echo(f"vnjp: {nothing(found)}", err=True)
    sys.exit(FINE if found["found"] else NOTHING)
