"""The schema: constraints with names, and migrations that still run when the models have moved on."""

from dialog.models import Base
from dialog.store import Store
from tests.house.sources import files_in, imports, none_of


def test_every_constraint_has_a_name() -> None:
    nameless = [
        f"{table.name}: {constraint}"
        for table in Base.metadata.tables.values()
        for constraint in [*table.constraints, *table.indexes]
        if not constraint.name
    ]
    none_of(nameless, "A constraint without a name cannot be changed by a later migration.")


def test_migrations_import_no_models() -> None:
    versions = [path for path in files_in("dialog", ending=".py") if "versions" in path.parts]
    assert versions, "dialog/migrations/versions/ is empty: nobody's database would get a schema."
    none_of(
        [
            f"{path}:{line}: {name}"
            for path in versions
            for name, _, line in imports(path)
            if name.partition(".")[0] in {"dialog", "exports", "sessions"}
        ],
        "A migration describes the schema of its day; models move on and would break it.",
    )


def test_migrations_lead_to_what_the_models_say(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = [difference for difference in compare_metadata(context, Base.metadata)]
    none_of(list(map(str, differences)), "The models have changed without a migration, or the other way round.")
