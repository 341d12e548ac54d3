"""Run by Alembic: applies the steps on the connection that the hub hands over."""

from alembic import context

from field_app.hub.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
