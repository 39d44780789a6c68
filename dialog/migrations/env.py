"""How Alembic reaches the database: through the engine that `store.py` hands over. Imports no models."""

from alembic import context

engine = context.config.attributes["engine"]

with engine.connect() as connection:
    context.configure(
        connection=connection,
        render_as_batch=True,
        target_metadata=context.config.attributes.get("metadata"),
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
