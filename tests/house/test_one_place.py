"""Things that may happen in one file only, because a second place would be a second way."""

import pytest

from tests.house.sources import calls, imports, none_of, python_files

STORE = "dialog/store.py"
PERFORM = "sessions/perform.py"
BROADCAST = "sessions/broadcast.py"
IDENTITY = "sessions/identity.py"
WORD = ("exports/word/document.py", "exports/word/pieces.py")
WORKBOOK = tuple(f"exports/workbook/{name}.py" for name in ("charts", "package", "paper", "rows", "styles", "writing"))
MIGRATIONS = "dialog/migrations/env.py"


def _calls_of(names: set[str], *, except_in: tuple[str, ...]) -> list[str]:
    return [
        f"{path}:{line}: {name}()"
        for path in python_files()
        if str(path) not in except_in
        for name, line in calls(path)
        if name.rpartition(".")[2] in names
    ]


def _imports_of(names: set[str], *, except_in: tuple[str, ...]) -> list[str]:
    return [
        f"{path}:{line}: {brought}"
        for path in python_files()
        if str(path) not in except_in
        for brought, _, line in imports(path)
        if brought in names or brought.partition(".")[0] in names
    ]


def test_only_the_store_begins_and_ends_transactions() -> None:
    none_of(
        _calls_of({"begin", "begin_nested", "commit", "rollback"}, except_in=(STORE, MIGRATIONS))
        + _calls_of({"create_engine", "engine_from_config", "sessionmaker"}, except_in=(STORE,)),
        f"Only {STORE} begins and ends transactions: one act is one, or half of it can be lost.",
    )


def test_only_perform_opens_a_transaction_for_writing() -> None:
    none_of(
        _calls_of({"writing"}, except_in=(PERFORM,)),
        f"Only {PERFORM} opens transactions for writing: there the step is checked, the key recognised "
        "and the event journalled before anybody hears of it.",
    )


def test_only_broadcast_emits() -> None:
    none_of(
        _calls_of({"emit"}, except_in=(BROADCAST,))
        + _imports_of({"flask_socketio.emit", "flask_socketio.send"}, except_in=(BROADCAST,)),
        f"Only {BROADCAST} emits: after the commit, and as dialog/audience.py says who may know what.",
    )


def test_only_identity_reads_the_cookie() -> None:
    otherwise_named = [
        f"{path}:{line}: flask.session as {here}"
        for path in python_files()
        for brought, here, line in imports(path)
        if brought == "flask.session" and here != "cookie"
    ]
    none_of(
        _imports_of({"flask.session"}, except_in=(IDENTITY,)) + otherwise_named,
        f"Only {IDENTITY} reads Flask's session, as `cookie`: who somebody is, is decided once.",
    )


def test_only_the_workbook_knows_openpyxl() -> None:
    none_of(
        _imports_of({"openpyxl"}, except_in=WORKBOOK),
        "Only exports/workbook/ knows openpyxl: user text reaches a cell through its one function, Rows.put, as text.",
    )


def test_only_one_folder_knows_word() -> None:
    none_of(
        _imports_of({"docx"}, except_in=WORD),
        "Only exports/word/ knows python-docx: whatever is written comes into a document as safe text with a style.",
    )


@pytest.mark.parametrize("path", [STORE, PERFORM, BROADCAST, IDENTITY, *WORKBOOK, *WORD])
def test_the_one_place_exists(path: str) -> None:
    assert path in map(str, python_files()), f"{path} has gone: these rules guard nothing without it."
