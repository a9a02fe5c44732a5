"""A child process that commits and publishes without end, to be killed: `python -m tests.committing FOLDER FIRST`.

It says a number once that is committed: what was said must be there, and what was begun may be.
"""

import sys
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from tests.samples import article, source
from warehouse import write
from warehouse.backup import back_up
from warehouse.connect import Warehouse
from warehouse.publish import publish

EACH = 40  # articles in a transaction


def main(folder, first):
    house = Warehouse(folder)
    for number in count(first):
        with house.writer() as db:
            write.sources(db, [source(source_id=f"s{number}")])
            write.extracted(db, [], [article(article_id=f"a{number}-{at}", text=f"{at} " * 400) for at in range(EACH)])
        print(number, flush=True)
        if number % 2:
            publish(house)
        if number % 5 == 4:
            back_up(house, date(2025, 4, 28) + timedelta(days=number % 9))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
