"""Statements without objects, for what every act asks and writes.

To find out by itself what has changed in which objects costs SQLAlchemy several times as much as the statement that
writes it. What is asked here does not see changes of objects that have not been flushed; what is written here is not
in the transaction's objects, except what `change` changes.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Delete,
    Executable,
    Insert,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    inspect,
    update,
)
from sqlalchemy.orm.attributes import set_committed_value

from dialog.models import Base
from dialog.store import Db

Values = Mapping[str, Any]


def ask(db: Db, statement: Executable, asked: Values) -> CursorResult[*tuple[Any, ...]]:
    """The rows of a statement that was put together once."""
    return _connection(db).execute(statement, asked)


def put(db: Db, model: type[Base], rows: Sequence[Values]) -> None:
    """Add rows that have the same columns."""
    _connection(db).execute(_insert(model), rows)


def drop(db: Db, model: type[Base], **having: Any) -> None:
    """Take away the rows that have these values."""
    _connection(db).execute(_delete(model, tuple(having)), having)


def change(db: Db, row: Base, **values: Any) -> None:
    """Write these columns of a row at once."""
    key = {f"_{column.name}": getattr(row, column.name) for column in inspect(type(row)).primary_key}
    _connection(db).execute(_update(type(row), tuple(values)), {**key, **values})
    for name, value in values.items():
        set_committed_value(row, name, value)


def _connection(db: Db) -> Connection:
    connection: Connection = db.info["connection"]
    return connection


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


@cache
def _insert(model: type[Base]) -> Insert:
    return insert(_table(model))


@cache
def _delete(model: type[Base], columns: tuple[str, ...]) -> Delete:
    table = _table(model)
    return delete(table).where(*(table.c[name] == bindparam(name) for name in columns))


@cache
def _update(model: type[Base], columns: tuple[str, ...]) -> Update:
    table = _table(model)
    statement = update(table)
    for column in table.primary_key:
        statement = statement.where(column == bindparam(f"_{column.name}"))
    return statement.values({name: bindparam(name) for name in columns})
