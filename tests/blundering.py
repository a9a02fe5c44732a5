"""A child process whose digest meets a bug of ours in the middle of a delivery: `python -m tests.blundering`."""

from flows import cli
from tasks.deliver.smtp import Reply, Session


def blunder(*_: object) -> Reply:
    """Be a bug, with everything in reach."""
    raise RuntimeError("a bug")


if __name__ == "__main__":
    Session.transmit = blunder  # type: ignore[method-assign,assignment] # the bug
    cli.main()
