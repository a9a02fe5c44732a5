"""Tables that a person may edit: the lexicon, the sources, the baseline. Reading them needs no database.

The lexicon's tables have one row an entity or a meaning and one column a language (en, vi, ja, zh, ko, other), in
which aliases are parted by ``|``:

    =Nhật          only as written; else case and width do not matter, of names
                   nor diacritics where none are written; but the capitals of a name must be capitals
    ~Chính         a bare name: it needs an office beside it, or the full name elsewhere in the article
    decarboni*     a stem: any word that begins so
    [a/b] [c/d]    stands for a c, a d, b c, b d
    石破 茂         a space in a Japanese name parts family and given name; both ways of writing are found

Aliases that follow from others need no entry: given name first, bare family or given names, kana without dots, long
vowels or v-sounds. Terms that are no names count in the language of their column only. In people.csv, offices are
``role:since/until`` parted by ``;``, the roles being those of roles.csv; level 1 are heads of state, party, government
and parliament, 2 ministers, 3 deputies, envoys and governors, 4 and 5 others.
"""

import csv
from collections.abc import Mapping
from importlib.resources import files


def tables() -> Mapping[str, list[dict[str, str]]]:
    """Read every table (``*.csv``) of this folder: name without suffix -> rows, each a column -> cell mapping."""
    found = {}
    for entry in sorted(files(__name__).iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".csv"):
            with entry.open(encoding="utf-8") as lines:
                found[entry.name.removesuffix(".csv")] = list(csv.DictReader(lines))
    return found
