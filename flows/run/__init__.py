"""Run flows from the command line, each command's in a file of its own: none loads what another one needs."""
