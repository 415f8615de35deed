"""Where a provider stands follows from its listings: settled by the publisher."""

from alembic import op

from migrations.roles import role
from migrations.row_security import allow

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    publisher = role("publisher")
    allow("publisher", "adds", "provider_status_changes")
    op.execute(f"GRANT INSERT ON provider_status_changes TO {publisher}")


def downgrade() -> None:
    publisher = role("publisher")
    op.execute(f"REVOKE INSERT ON provider_status_changes FROM {publisher}")
    op.execute("DROP POLICY publisher_adds ON provider_status_changes")
