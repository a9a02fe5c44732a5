"""``python -m flows.disk``: the table of docs/operations.md, for the shipped sources."""

from flows.disk import planned

if __name__ == "__main__":
    print(planned())
