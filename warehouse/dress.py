"""Dress: give a file the public views and macros, described, and the lexicon as it is shipped.

The private file wears them too, though nobody looks at it: made once for each version and zone, they cost every publish
nothing but their copy.
"""

from __future__ import annotations

import hashlib
from functools import cache

import pyarrow as pa

from warehouse.attach import Db
from warehouse.seeds import tables
from warehouse.statements import columns, macros, query, views

_LEXICON = ("people", "organisations", "places", "terms", "topics", "event_types", "roles", "wires")


def dress(db: Db) -> None:
    """Put on what this version and the zone of the newest run call for, unless the file wears it; in a transaction."""
    zone = _zone(db)
    label = _label(zone)
    worn = db.execute(query("has_dress")).fetchall()  # asking for what is not there would end the transaction
    if worn and db.execute(query("dressed_by")).fetchall() == [(label,)]:
        return
    undress(db)
    _lexicon(db)
    for statement in (*views(), *macros()):
        db.execute(statement.replace("$zone", zone))
    for view, column in db.execute(query("undescribed_columns")).fetchall():
        if meaning := columns().get((view, column)) or columns().get(("", column)):
            db.execute(query("describe_column").format(view=view, column=column, meaning=meaning.replace("'", "''")))
    db.execute(query("label_dress"), [label])


def undress(db: Db) -> None:
    """Take off whatever any version put on: its views would name columns that a migration takes away."""
    for (statement,) in db.execute(query("undress")).fetchall():
        db.execute(statement)


def _lexicon(db: Db) -> None:
    db.execute(query("make_lexicon"))
    for name in _LEXICON:
        rows = _shipped()[name]
        db.register("shipped", pa.table({column: [row[column] for row in rows] for column in rows[0]}))
        db.execute(query("make_lexicon_table").format(table=name))
        db.unregister("shipped")


@cache
def _shipped() -> dict[str, list[dict[str, str]]]:
    return {name: rows for name, rows in tables().items() if name in _LEXICON}


@cache
def _label(zone: str) -> str:
    """Give what tells one dress from another: a hash of all that is put on."""
    parts = (zone, views(), macros(), sorted(columns().items()), sorted(_shipped().items()))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _zone(db: Db) -> str:
    """Give the zone of weeks and local days as a literal of SQL: into a view it cannot be bound."""
    ((zone,),) = db.execute(query("zone_of_weeks")).fetchall()
    return "'" + str(zone).replace("'", "''") + "'"
