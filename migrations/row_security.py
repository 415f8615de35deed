"""The few words in which migrations say who may see, add and change which rows."""

from alembic import op

from migrations.roles import role

COMMANDS = {"sees": "SELECT", "adds": "INSERT", "changes": "UPDATE", "removes": "DELETE"}


def protect(*tables: str) -> None:
    """Show nobody anything of these tables until a policy says otherwise."""
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


def allow(suffix: str, verb: str, table: str, rows: str = "true") -> None:
    """Let a role see, add, change or remove the rows of a table for which a condition holds."""
    command = COMMANDS[verb]
    using = "" if command == "INSERT" else f" USING ({rows})"
    check = f" WITH CHECK ({rows})" if command in {"INSERT", "UPDATE"} else ""
    op.execute(
        f"CREATE POLICY {suffix}_{verb} ON {table} FOR {command} TO {role(suffix)}{using}{check}"
    )


def allow_all_rows(suffix: str, verbs: str, *tables: str) -> None:
    """Let a role do these things to every row of these tables; its grants are the limit."""
    for table in tables:
        for verb in verbs.split():
            allow(suffix, verb, table)


def function(signature: str, returns: str, body: str, *suffixes: str) -> None:
    """Make a function that asks protected tables as their owner, for these roles alone."""
    name = signature.split("(", maxsplit=1)[0]
    op.execute(
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE sql STABLE SECURITY DEFINER "
        f"SET search_path = pg_catalog, public AS $$ {body} $$"
    )
    types = ", ".join(part.split()[-1] for part in signature.split("(")[1][:-1].split(",") if part)
    op.execute(f"REVOKE ALL ON FUNCTION {name}({types}) FROM PUBLIC")
    if suffixes:
        roles = ", ".join(role(suffix) for suffix in suffixes)
        op.execute(f"GRANT EXECUTE ON FUNCTION {name}({types}) TO {roles}")
