"""`python -m flows` is `vnjp`."""

from flows.cli import main

main()
