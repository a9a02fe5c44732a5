"""``python -m flows.disk``: the table of docs/operations.md, for the shipped sources."""

import click

from flows.disk import planned

if __name__ == "__main__":
    click.echo(planned())
