"""Alembic runs this for every migration; the connection comes from storage/migrate.py."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
