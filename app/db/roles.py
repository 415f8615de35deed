"""The database's roles, by suffix; the database's name comes before each (`ap_app`, `ap_read` …).

Roles belong to a whole PostgreSQL cluster, so two registers on one cluster must not share them.

| role | is | may |
|---|---|---|
| owner | owner of every table; taken by migrations only | everything |
| login | what the service logs in as; `NOINHERIT` | nothing until it takes a role |
| app | signed-in work | its tables, under row security |
| operator | the command line | provider tables, imports; never the ledger |
| publisher | taken by `register.publish` for its few statements | read all, append, project |
| sign_in | the service while it finds out who is asking | credentials, sessions, memberships |
| matcher | taken while a child is matched | what links children across commissioners |
| overseer | taken while placements are counted | two functions that tell counts |
| threshold | taken while a setting is tested | one function that tells anonymous facts |
| worker | jobs after the fact | jobs, and what each job needs, listed in the migrations |
| read | the public read pool's login | `SELECT` on the read model and places |
"""

from app.access import DbRole

OWNER = "owner"
LOGIN = "login"
READ = "read"
TAKEN_ROLES = tuple(role.value for role in DbRole)
"""Roles that a transaction takes; nobody can log in as one."""


def role_name(prefix: str, suffix: str) -> str:
    """Return the cluster-wide name of a role of this database."""
    return f"{prefix}_{suffix}"


def quoted(name: str) -> str:
    """Quote an identifier for SQL."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
