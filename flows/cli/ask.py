"""The commands that ask: what is held, and why it was judged so."""

from __future__ import annotations

import json
import sys

import click

from flows.cli.common import JSON
from flows.settings import load


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
