"""Names of this database's roles, for grants and policies written in migrations."""

from alembic import context

from app.db.roles import quoted, role_name


def role(suffix: str) -> str:
    """Return a role's full name, quoted: `role("app")` is `"ap_app"` in a database named `ap`."""
    return quoted(role_name(context.config.attributes["role_prefix"], suffix))
