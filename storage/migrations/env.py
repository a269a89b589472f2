"""Alembic runs this: the migrations work on the connection that `storage.upgrade` hands over."""

from alembic import context

from storage import tables

context.configure(connection=context.config.attributes["connection"], target_metadata=tables.Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
