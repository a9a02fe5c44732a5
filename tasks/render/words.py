"""The interface in one language: labels, numbers, days. Words are data (templates/labels), forms are CLDR's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal

from warehouse.issue import Name, Titles

Language = Literal["en", "vi", "ja"]
_GAP = re.compile(r"(?<=\d) (?=\S)")
_NO_BREAK = "\N{NO-BREAK SPACE}"
_EXACT = 100  # from here on a count needs no decimals


@dataclass(frozen=True, slots=True)
class Words:
    """What the interface says. An unknown code is shown as it is: a new tag must not break an issue."""

    language: Language
    locale: Locale
    tables: Mapping[str, Mapping[str, str]]
    say_table: Mapping[str, str | Mapping[str, str]]
    product: str
    separator: str
    colon: str
    stop: str
    space: str
    compact_from: int  #: numbers from here on are written in millions, or in ten thousands
    compact_form: Literal["long", "short"]  #: CLDR has only one of them in some languages

    def say(self, key: str, n: int | None = None, **values: str) -> str:
        """Fill a pattern, with `n` in the plural form that the language has for it and never parted from its noun."""
        pattern = self.say_table[key]
        if not isinstance(pattern, str):
            forms, count = pattern, n or 0
            pattern = forms.get(self.locale.plural_form(count), forms["other"])
        number = "" if n is None else self.number(n)
        return _GAP.sub(_NO_BREAK, pattern.format(n=number, **values)) if n is not None else pattern.format(**values)

    def label(self, table: str, code: str) -> str:
        """Give the label of a code, or the code itself with spaces for hyphens."""
        return self.tables[table].get(code, code.replace("-", " ").replace("_", " "))

    def tag(self, kind: str, value: str) -> str:
        """Give the value of a tag in words, where it is a code of the interface."""
        table = {"event_type": "event"}.get(kind, kind)
        return self.label(table, value) if table in self.tables and table != "tag" else value.replace("-", " ")

    def capital(self, text: str) -> str:
        """Begin a line with a capital letter."""
        return text[:1].upper() + text[1:]

    def name(self, name: Name) -> str:
        """Give what readers of the language call somebody or some place."""
        return dict(name.labels).get(self.language, name.label)

    def tongue(self, code: str) -> str:
        """Give the name of a language, or its code."""
        return self.capital(self.locale.languages.get(code, code))

    def day(self, day: date, year: int, form: str = "day") -> str:
        """Write a day, with its year where that is not `year`; its parts never part."""
        pattern = self.tables["date"][form if day.year == year else f"{form}_year"]
        return format_date(day, pattern, locale=self.locale).replace(" ", _NO_BREAK)

    def days(self, first: date, last: date, year: int, form: str = "day") -> str:
        """Write the days from one to another, without weekdays; one day as `day` does."""
        if first == last:
            return self.day(first, year, form)
        if (first.year, first.month) != (last.year, last.month):
            return self.day(first, year, "short") + self.tables["date"]["dash"] + self.day(last, year, "short")
        begin, dash, end = self.tables["date"]["days" if last.year == year else "days_year"].split("|")
        written = format_date(first, begin, locale=self.locale) + dash + format_date(last, end, locale=self.locale)
        return written.replace(" ", _NO_BREAK)

    def partial(self, day: str) -> str:
        """Write a day of which only the month or the year may be known: 2024-11-30, 2024-11, 2024."""
        form = {4: "year", 7: "month"}.get(len(day), "short_year")
        whole = date.fromisoformat(f"{day}-01-01"[:10])
        return format_date(whole, self.tables["date"][form], locale=self.locale).replace(" ", _NO_BREAK)

    def title(self, titles: Titles) -> tuple[str, str]:
        """Give the words of the reader's language and that language, else English, else the first there are."""
        by_language = dict(titles)
        language = next((one for one in (self.language, "en", *by_language) if one in by_language), "en")
        return by_language.get(language, ""), language

    def week(self, first: date, last: date) -> str:
        """Write the days of a week."""
        form = "within_year" if first.year == last.year else "over_years"
        form = "within_month" if (first.year, first.month) == (last.year, last.month) else form
        begin, dash, end = self.tables["date"][form].split("|")
        return format_date(first, begin, locale=self.locale) + dash + format_date(last, end, locale=self.locale)

    def number(self, value: float) -> str:
        """Write a number with the language's separators."""
        return format_decimal(value, "#,##0.###" if value < _EXACT else "#,##0.#", locale=self.locale)

    def amount(self, value: float, unit: str) -> str:
        """Write a sum or count with its unit, which never parts from it."""
        label = self.label("unit", unit)
        glue = "" if not label or label in "%％" or self.language == "ja" else _NO_BREAK
        exact = float(f"{value:.4g}") == value
        if value >= self.compact_from and exact:
            number = format_compact_decimal(value, format_type=self.compact_form, fraction_digits=3, locale=self.locale)
        else:
            number = self.number(value)
        return f"{number}{glue}{label}".replace(" ", _NO_BREAK)


def own_name(language: str) -> str:
    """Give what a language calls itself."""
    locale = Locale.parse(language)
    name = locale.get_language_name(language) or language
    return name[:1].upper() + name[1:]


@cache
def words(language: Language) -> Words:
    """Read the labels of a language."""
    held = tomllib.loads(files("templates").joinpath("labels", f"{language}.toml").read_text(encoding="utf-8"))
    return Words(
        language=language,
        locale=Locale.parse(held["locale"]),
        tables={key: table for key, table in held.items() if isinstance(table, dict) and key != "say"},
        say_table=held["say"],
        product=held["product"],
        separator=held["separator"],
        colon=held["colon"],
        stop=held["stop"],
        space=held["space"],
        compact_from=held["compact"]["from"],
        compact_form=held["compact"]["form"],
    )
