"""Alembic runs this for every migration; the connection comes from consultations/migrate.py."""

from alembic import context

from consultations.models import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
