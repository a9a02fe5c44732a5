"""Text as somebody would write it who wants to break a page, a mail or a reader's trust, put wherever publishers have a say."""

from __future__ import annotations

from dataclasses import replace

from tasks.compose import Layout, compose
from tests import told
from warehouse.issue import Issue, Told

BAD = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</a></h3></td></table></article><script>",
    "{{ 7 * 7 }} {% for x in y %} {# gone #} ${7*7} <%= 7*7 %>",
    "\u202eevil\u202c \u2066hidden\u2069 \u200bze\u200bro \u061c\ufeff",
    "<!--[if mso]><script>--> ]]> <style>@import url(http://x.example)</style>",
    "&lt;b&gt; &amp; &#x3c;script&#x3e; &#0; &#x202e;",
    "A" * 10_000,
    "長" * 10_000,
    "word " * 2_000,
    "=?utf-8?q?hello?=\r\nBcc: all@example.org\r\n\r\n<b>body</b>",
    "\ud800 lone surrogate \x00 nul \x85\x92\x9b31m \x1b[31mred\x07",
    "トー・ラム<b>・</b>石破",
    "Z" + "\u0338\u0301\u0316\u0489" * 500 + "algo",
    "الرئيس الياباني יפן וייטנאם",
    "👩‍👩‍👧‍👦🏳️‍🌈 🇻🇳🇯🇵 \U000e0041\U000e0042",
    "\u2028line\u2029paragraph\u0085next\u000bpage\u000c",
    "' style='position:fixed;top:0' class='cell\" onmouseover=\"x",
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
    """Tell a story in two articles that carry `bad` in title, text, outlet, person's name and reasons, and `link` as address."""
    article = {
        "source": "hanoi-courier",
        "title": bad,
        "text": f"{bad[:200]} Ishiba Shigeru met Tô Lâm. {bad}",
        "url": link,
    }
    other = article | {"source": "toto-nippo", "text": f"石破茂 {bad}"}
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
    names = {"person:ishiba": {"en": texts[0][:60], "ja": texts[-1][:60]}}
    return compose(told.WEEK, stories, named, told.COUNTS, told.HISTORY, Layout(sample=True), told.names() | names)
