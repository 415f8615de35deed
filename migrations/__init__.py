"""Numbered migrations. What ran is what you read; what stands now is in `schema.sql`."""
