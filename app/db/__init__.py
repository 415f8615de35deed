"""The database: connections, roles, transactions, migrations and the embedded server; no domain."""
