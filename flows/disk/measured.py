"""What a data folder grows by, in bytes, as measured; for a folder that has no week of its own behind it.

By `vnjp demo --out DEMO` and `python -m tests.bench.disk DEMO --pages DIR` on 2026-11-26, with 100 news pages of 30
outlets in DIR (the demo's own pages are a fifth as large), DuckDB 1.5.6 and Prefect 3.8.8. What is assumed says so.
"""

from __future__ import annotations

SOURCES = 177  # that are shipped
ARTICLES_A_DAY = 1_000  # assumed: that those bring
RUNS_A_WEEK = 24 * 7 + 16 * 7 + 7  # of flows: collects, digests, maintains, as they are scheduled

EMPTY = 537_000  # a warehouse that holds nothing
ARTICLE = 9_100  # of 3,000 characters, judged and searchable; all its rows in all tables
ATTEMPT = 110  # at a source
SNAPSHOT = 1.0  # of the warehouse
PAGE = 31_500  # in the archive: 28,400 at zlib 5, and a ninth more at isal 3
PAGES = 1.3  # assumed: kept an article, since it is looked at again and may have changed
FEED = 7_200  # in the archive: 60 entries with summaries
FEEDS = 0.3  # assumed: of the attempts bring one that changed
ISSUE = 452_000  # in one language
PREFECT = 1_274_000  # a database that holds no run
FLOW_RUN = 36_500 * 12 / 7.2  # the demo's has 7.2 task runs; of 177 sources it has 12 on average (assumed)
EVENTS = 131_000 * 12 / 7.2  # of a flow run, kept for a week
LOGS = 100_000  # a week (assumed), up to
MOST_LOGS = 20_000_000  # as flows/tidy.py cuts them
ENOUGH = 5_000  # articles after which a warehouse says by itself what one takes
