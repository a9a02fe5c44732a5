"""The sample some weeks later: when its articles appear, and the days that their texts name."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from flows.sample import Article, Sample
from flows.sample.texts import Revision

_MONTHS = {
    language: ["", *names.split()]
    for language, names in (
        ("en", "January February March April May June July August September October November December"),
        ("nb", "januar februar mars april mai juni juli august september oktober november desember"),
        ("fr", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    )
}
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

Write = Callable[
    [str, str, Article], str
]  # words, their language ("path" for an address), their article -> other words


def moved(sample: Sample, weeks: int) -> Sample:
    """Give the sample some weeks later; weekdays stay right, and the truth stays but for the weeks of the stories.

    Every day that a text names moves. Months without a day stay, and so do days of other years. Raises ValueError where
    a range of days would come to lie in two months, which the one month it names cannot say.
    """
    by = timedelta(weeks=weeks)

    def write(words: str, language: str, article: Article) -> str:
        day = article.published.date()
        return _HABITS[language].sub(lambda match: _later(match, language, day, by), words)

    weeks_later = {one.week: f"{date.fromisoformat(f'{one.week}-1') + by:%G-W%V}" for one in sample.stories}
    stories = tuple(replace(story, week=weeks_later[story.week]) for story in sample.stories)
    return replace(rewritten(sample, write, by), stories=stories)


def rewritten(sample: Sample, write: Write, by: timedelta = timedelta()) -> Sample:
    """Give the sample with all words of its articles as `write` puts them, published `by` later."""
    return replace(sample, articles=tuple(_rewrite(article, write, by) for article in sample.articles))


def _rewrite(article: Article, write: Write, by: timedelta) -> Article:
    def put(words: str) -> str:
        return write(words, article.language, article)

    def revise(one: Revision) -> Revision:
        return replace(one, at=one.at + by, title=put(one.title), summary=put(one.summary), body=put(one.body))

    return replace(
        article,
        published=article.published + by,
        title=put(article.title),
        summary=put(article.summary),
        body=put(article.body),
        caption=put(article.caption),
        path=write(article.path, "path", article),
        revisions=tuple(map(revise, article.revisions)),
    )


# Groups: y year, m or n month, near "last month" or "this month", d day, e last day of a range.


def _western(language: str) -> re.Pattern[str]:
    """Match "April 27 to 29", "27. april", "28 avril", and numbers without a month, which are no dates."""
    month = "|".join(_MONTHS[language][1:])
    return re.compile(
        rf"(?:\b(?P<m>{month}) )?(?<![\d.,])(?P<d>\d{{1,2}})(?!\d)(?:er|\.)?"
        r"(?:(?: to | and | og | til | et | au |[-–])(?P<e>\d{1,2})(?!\d)\.?)?"
        rf"(?: (?P<n>{month})\b)?(?:,? (?P<y>\d{{4}})\b)?"
    )


_CHARACTERS = (
    r"(?<![\d.．・])(?:(?P<y>\d{4})年)?(?:(?P<m>\d{1,2})月|(?P<near>先月|今月))?"
    r"(?P<d>\d{1,2})(?:[～~-](?P<e>\d{1,2}))?日(?!間)"
)
_HABITS = {
    **{language: _western(language) for language in _MONTHS},
    "vi": re.compile(
        r"(?<![\d/.,])(?P<d>\d{1,2})(?:(?: đến(?: ngày)? | ?[-–] ?)(?P<e>\d{1,2}))?"
        r"(?:/| tháng )(?P<m>\d{1,2})(?:(?:/| năm )(?P<y>\d{4}))?(?![\d/])"
    ),
    "ja": re.compile(_CHARACTERS),
    "zh": re.compile(_CHARACTERS),
    "ko": re.compile(r"(?<!\d)(?:(?P<m>\d{1,2})월 ?)?(?P<d>\d{1,2})일(?!본|간)"),
    "path": re.compile(r"(?<=-)(?P<d>\d{1,2})-(?P<m>\d{1,2})$"),
}


def _later(match: re.Match[str], language: str, published: date, by: timedelta) -> str:
    """Spell a date of an article `by` later, in the way in which it is spelled."""
    named = {name: part for name, part in match.groupdict().items() if part}
    days = _days(named, language, published)
    if not days:
        return match.group()
    first, last = days[0] + by, days[-1] + by
    if first.month != last.month:
        raise ValueError(f"{match.group()!r}, {by.days} days later, would lie in two months: {first} to {last}")
    month = _MONTHS[language][first.month] if language in _MONTHS else str(first.month)
    near = "今月" if first.month == (published + by).month else "先月"
    values = {"y": str(first.year), "m": month, "n": month, "near": near, "d": str(first.day), "e": str(last.day)}
    return _put(match, {name: values[name] for name in named})


def _days(named: Mapping[str, str], language: str, published: date) -> list[date]:
    """Give the one or two days that an article means; none for what is no date, or is one of another year."""
    month = named.get("m") or named.get("n", "")
    if language in _MONTHS and not month:
        return []
    number = _MONTHS[language].index(month) if language in _MONTHS else int(month or 0)
    days = [_nearest(published, int(named[name]), number) for name in ("d", "e") if name in named]
    known = [day for day in days if day and str(day.year) == named.get("y", str(day.year))]
    return known if len(known) == len(days) else []


def _nearest(published: date, day: int, month: int) -> date | None:
    """Give the day of the half year before or after that has this number, and this month unless it is 0."""
    around = (published + timedelta(days=days) for days in range(-183, 184))
    alike = (one for one in around if one.day == day and month in {0, one.month})
    return min(alike, key=lambda one: (abs(one - published), one), default=None)


def _put(match: re.Match[str], values: Mapping[str, str]) -> str:
    """Put values in the place of groups, in the width of the digits that stood there."""
    text, begin = match.group(), match.start()
    for name in sorted(values, key=match.start, reverse=True):
        value = values[name] if match[name].isascii() else values[name].translate(_WIDE)
        text = text[: match.start(name) - begin] + value + text[match.end(name) - begin :]
    return text
