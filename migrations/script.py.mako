"""${message}

The code of the release before this one is still running while this migration runs: expand first,
fill, and contract in a later release. A table that is new here needs its grants, its row security (or a
line in the list of open tables in the tests), and a new `schema.sql` (`make schema`).
"""

from alembic import op

from migrations.roles import role

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else 'op.execute("")'}


def downgrade() -> None:
    ${downgrades if downgrades else 'op.execute("")'}
