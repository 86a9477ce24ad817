"""What Alembic runs: the revisions, on the connection and in the transaction of whoever called."""

from __future__ import annotations

from alembic import context

from provincial_hub.keeping.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
