"""What a database holds, as sorted lines: enough to say whether two schemas are one."""

import asyncpg

_DESCRIBED = """
    WITH ours AS (
      SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
      EXCEPT SELECT objid FROM pg_depend WHERE deptype = 'e' AND classid = 'pg_class'::regclass
    )
    SELECT format('column %s.%s %s %s %s %s', a.attrelid::regclass, a.attname,
        format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attcollation::regcollation,
        col_description(a.attrelid, a.attnum))
      FROM pg_attribute a JOIN ours ON ours.oid = a.attrelid
      WHERE a.attnum > 0 AND NOT a.attisdropped
    UNION ALL SELECT format('column grant %s.%s %s', a.attrelid::regclass, a.attname, a.attacl)
      FROM pg_attribute a JOIN ours ON ours.oid = a.attrelid
      WHERE a.attacl IS NOT NULL AND NOT a.attisdropped -- PostgreSQL 15 keeps those grants
    UNION ALL SELECT format('%s %s %s owner %s rows %s', c.relkind, c.oid::regclass, c.relacl,
        c.relowner::regrole, c.relrowsecurity)
      FROM pg_class c JOIN ours ON ours.oid = c.oid
    UNION ALL SELECT 'index ' || pg_get_indexdef(c.oid)
      FROM pg_class c JOIN ours ON ours.oid = c.oid WHERE c.relkind = 'i'
    UNION ALL SELECT format('constraint %s %s %s', conrelid::regclass, conname,
        pg_get_constraintdef(c.oid))
      FROM pg_constraint c JOIN ours ON ours.oid = c.conrelid
    UNION ALL SELECT format('trigger %s fires %s', pg_get_triggerdef(t.oid), t.tgenabled)
      FROM pg_trigger t JOIN ours ON ours.oid = t.tgrelid WHERE NOT t.tgisinternal
    UNION ALL SELECT format('policy %s %s %s %s %s %s', polrelid::regclass, polname, polcmd,
        polroles::regrole[], pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
      FROM pg_policy
    UNION ALL SELECT format('function %s %s %s', p.oid::regprocedure, p.proacl, p.prosrc)
      FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    ORDER BY 1
"""


async def describe(connection: asyncpg.Connection) -> list[str]:
    """Describe every table, column, constraint, index, trigger, policy, function and grant."""
    return [row[0] for row in await connection.fetch(_DESCRIBED)]


async def tables(connection: asyncpg.Connection) -> list[str]:
    """Return the names of all tables and views, by name."""
    rows = await connection.fetch(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1"
    )
    return [row["relname"] for row in rows]
