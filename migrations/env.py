"""Run the migrations on the connection that app.platform.migrations opened; it commits."""

from __future__ import annotations

from alembic import context

from app.platform.db import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()
