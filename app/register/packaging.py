"""The package that describes the register's tables: Frictionless Data's Tabular Data Package."""

from collections.abc import Mapping
from typing import Any

from app.register.columns import COLUMNS, KEYS, Column
from app.register.queries.downloads import Snapshot
from app.register.rendering import utc
from app.register.terms import Table

DOWNLOAD = "/v1/register/download"
LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
DIALECT: Mapping[str, Any] = {
    "csvddfVersion": 1.2,
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "commentChar": "#",
}
"""The last row begins with `#`: it says what the file holds, and is none of it."""
TITLES = {
    Table.PROVIDERS: "Providers",
    Table.SITES: "Sites, and where each stands",
    Table.OFFERS: "What is offered at each site",
}
_DESCRIPTION = (
    "The public register of non-school alternative provision in England. A listing is not "
    "clearance for a particular child. Lists in a cell are joined by |. Text that a spreadsheet "
    "would take for a formula has an apostrophe before it."
)


def data_package(state: Snapshot, address: str) -> dict[str, Any]:
    """Describe the tables, in the shape of `schemas.downloads.DataPackage`.

    Args:
        state: of the register.
        address: of this service, which the tables' addresses begin with.
    """
    return {
        "profile": "tabular-data-package",
        "name": "register-of-non-school-alternative-provision",
        "title": "Register of non-school alternative provision",
        "description": _DESCRIPTION
        + (" Every provider here is invented: a demonstration." if state.demonstration else ""),
        "version": str(state.entry),
        "created": utc(state.recorded_at) if state.recorded_at else None,
        "licenses": [LICENCE],
        "sources": [{"title": "The register", "path": f"{address}/v1/register"}],
        "resources": [_resource(table, address) for table in Table],
    }


def _resource(table: Table, address: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, KEYS[table]) for column in COLUMNS[table]],
        "missingValues": [""],
    }
    if table is not Table.OFFERS:  # of which two at one site may be alike
        schema["primaryKey"] = list(KEYS[table])
    if table is not Table.PROVIDERS:
        above = Table.PROVIDERS if table is Table.SITES else Table.SITES
        keys = list(KEYS[above])
        schema["foreignKeys"] = [
            {"fields": keys, "reference": {"resource": above.value, "fields": keys}}
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.value,
        "title": TITLES[table],
        "path": f"{address}{DOWNLOAD}?format=csv&table={table.value}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "schema": schema,
    }


def _field(column: Column, keys: tuple[str, ...]) -> dict[str, Any]:
    told = {"name": column.name, "type": column.type, "description": column.description}
    return told | ({"constraints": {"required": True}} if column.name in keys else {})
