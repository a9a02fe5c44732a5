"""The commands that ask: what is held, and why it was judged so."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

import click

from flows.cli.common import FINE, JSON, NOTHING, PARTIAL, PATH, Instant
from flows.settings import load

_RELEVANCE = ("bilateral", "related", "mention", "none")


@click.command()
@click.argument("query", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option("--parquet", type=PATH, metavar="FILE", help="Write the answer to a Parquet file.")
@click.option(
    "--seconds", type=click.FloatRange(0.1, 3600), default=30, show_default=True, help="Stop it after so long."
)
@click.option(
    "--rows", type=click.IntRange(1, 1_000_000), help="At most so many rows (default: 10,000, in Parquet 1,000,000)."
)
@JSON
def sql(query: str | None, as_csv: bool, parquet: Path | None, seconds: float, rows: int | None, as_json: bool) -> None:
    """Ask the published snapshot a question in SQL: QUERY, else from standard input, on a terminal in a shell."""
    from flows.ask import query as asking

    snapshot = load().warehouse.snapshot
    if query is None and sys.stdin.isatty() and not (as_csv or as_json or parquet):
        from flows.ask.shell import run

        return run(snapshot, load().data / "private" / "sql_history", click.echo, seconds, rows or 10_000)
    question = sys.stdin.read() if query is None else query
    if parquet:
        made = asking.save(snapshot, question, parquet, seconds, rows or 1_000_000)
        click.echo(json.dumps(made) if as_json else f"{made['rows']:,} rows: {made['path']}")
        sys.exit(_whole(bool(made["truncated"]), f"{made['rows']:,}"))
    result = asking.ask(snapshot, question, seconds, rows or 10_000)
    click.echo((asking.as_json if as_json else asking.as_csv if as_csv else asking.as_table)(result), nl=not as_csv)
    sys.exit(_whole(result.truncated and as_csv, f"{len(result.rows):,}"))


def _whole(truncated: bool, count: str) -> int:
    """Say on standard error where an answer does not say itself that it is not whole."""
    if truncated:
        click.echo(f"vnjp: only the first {count} rows; --rows allows more.", err=True)
    return PARTIAL if truncated else FINE


@click.command()
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@JSON
def shell(options: tuple[str, ...], as_json: bool) -> None:
    """Start DuckDB's own command line on the snapshot, read-only (OPTIONS, after --, go to it)."""
    from flows.ask.duckdb_shell import command

    words = command(load().warehouse.snapshot, options)
    if as_json:
        click.echo(json.dumps({"command": words}))
        return
    os.execv(words[0], words)  # noqa: S606 - no shell takes part


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
@click.option(
    "--relevance", multiple=True, type=click.Choice(_RELEVANCE), help="Only what was judged so; may be repeated."
)
@click.option(
    "--language", "languages", multiple=True, help="Only what is written in it (vi, ja, ...); may be repeated."
)
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="At most so many articles.")
@JSON
def search(
    text: str, since: datetime | None, relevance: tuple[str, ...], languages: tuple[str, ...], limit: int, as_json: bool
) -> None:
    """Find articles by words of titles and texts, best first; accents may be left out, Japanese needs no spaces."""
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


@click.command()
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--text/--no-text", default=True, help="With or without the texts of articles, which belong to others.")
@JSON
def export(folder: Path, text: bool, as_json: bool) -> None:
    """Write everything public to DIR, for other tools: Parquet by ISO week, CSV, and a dictionary of every column."""
    from flows.ask.export import export as write
    from flows.ask.export import told

    settings = load()
    made = write(settings.warehouse, folder, settings.time_zone, text=text)
    click.echo(json.dumps(made, ensure_ascii=False) if as_json else told(made))
