"""How Alembic reaches the database: through the engine that `store.py` hands over. Imports no models."""

from alembic import context

ONE_AT_A_TIME = 732_025
"""Several processes may start at once. The number means nothing but this lock."""

engine = context.config.attributes["engine"]

with engine.connect() as connection:
    context.configure(
        connection=connection,
        render_as_batch=True,
        target_metadata=context.config.attributes.get("metadata"),
    )
    with context.begin_transaction():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        context.run_migrations()
    connection.commit()
