"""What somebody would write who wants to break a page, a mail or a reader's trust, wherever publishers have a say."""

from __future__ import annotations

from dataclasses import replace

from tasks.compose import Layout, compose
from tests import told
from tests.test_render import HOSTILE
from warehouse.issue import Issue, Told

BAD = (
    *HOSTILE,
    "</article></main></svg></pre><script>document.title='owned'</script>",
    "${7654*2} <%= 7654*2 %> {{ self.__init__.__globals__ }} {{ 7654 * 2 }}",
    "word " * 2_000,
    "bell\x07 escape\x1b[31mred next\x85line quote\x92 application\x9b31m",
    "Z" + "\u0338\u0301\u0316\u0489" * 500 + "algo",
    "الرئيس الياباني יפן וייטנאם",
    "👩‍👩‍👧‍👦🏳️‍🌈 🇻🇳🇯🇵 \U000e0041\U000e0042",
    "\u2028line\u2029paragraph\u000bpage\u000c soft\u00adhyphen",
    "' style='position:fixed;top:0' class='cell\" onmouseover=\"document.title='owned'",
    '[click](javascript:alert(1)) <javascript:alert(1)> http://ok.example/"onclick="x',
)
LINKS = (
    "javascript:alert(document.cookie)",
    "JaVaScRiPt://a.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    'http://a.example/"><script>alert(1)</script>',
    "http://a.example/" + "x" * 5_000,
    "//a.example/x",
    "http://user:word@a.example\\@b.example/",
)


def told_badly(bad: str, link: str, number: int = 0) -> Told:
    """Tell a story with `bad` in titles, texts, outlets, persons' names, roles and reasons, and `link` as address."""
    article = {
        "source": "hanoi-courier",
        "title": bad,
        "text": f"{bad[:200]} Ishiba Shigeru met Tô Lâm. {bad[:99]} They meet again on 9 August 2025. {bad}",
        "url": link,
        "ahead": [["2025-08-09", "9 August 2025"]],
        "amounts": [[500 + number, "people", bad[:40], bad[:99]]],
    }
    other = article | {"source": "toto-nippo", "text": f"石破茂 {bad}", "ahead": []}
    copy = article | {"source": "bao-song-hong", "copy": "near", "of": 0}
    one = told.told_of(article, other, copy, id=f"h{number}", topics=("politics", "security"), place=bad[:80])
    return replace(
        one,
        articles=tuple(replace(each, outlet=bad[:90]) for each in one.articles),
        memberships={key: replace(each, why=bad) for key, each in one.memberships.items()},
        copies={key: replace(each, evidence=bad) for key, each in one.copies.items()},
        judgements={
            key: replace(each, entities=tuple(replace(each_, name=bad[:60], role=bad) for each_ in each.entities))
            for key, each in one.judgements.items()
        },
    )


def issue(*bad: str, link: str = LINKS[0]) -> Issue:
    """Compose a week of which every source, name and reason carries one of the bad texts; each has a story, or four."""
    texts = bad if len(bad) > 1 else bad * 4
    stories = [told_badly(one, link if len(bad) == 1 else LINKS[at % len(LINKS)], at) for at, one in enumerate(texts)]
    sources = told.source_weeks(cuu_long={"good": 0, "last_state": texts[0][:60], "last_error": texts[0]})
    named = [
        replace(one, source=replace(one.source, outlet=texts[at % len(texts)][:90])) for at, one in enumerate(sources)
    ]
    names = {"person:to-lam": {"en": texts[0][:60], "ja": texts[-1][:60]}}
    weeks = named, told.COUNTS, told.HISTORY
    return compose(told.WEEK, stories, *weeks, Layout(sample=True), told.names() | names, told.background())
