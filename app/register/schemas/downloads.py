"""The whole register as a file, and the package that describes its tables."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.register.schemas.answer import Answer, WrittenMoment
from app.register.schemas.as_at import AsAt
from app.register.terms import DownloadFormat, Table

MOST_FIELDS = 100


class DownloadQuery(BaseModel):
    """Which file of the register."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: DownloadFormat = Field(
        default=DownloadFormat.JSONL,
        description="`jsonl`: one record a line, as `/v1/providers/{number}` gives it. `csv`: a "
        "table, described by `/v1/register/download/datapackage.json`.",
    )
    table: Table = Field(
        default=Table.PROVIDERS, description="Of `csv`: whether a row is a provider, site or offer."
    )
    fields: tuple[Annotated[str, StringConstraints(max_length=2_000)], ...] = Field(
        default=(),
        max_length=MOST_FIELDS,
        description="Only these columns of a table, or members of each record; comma-separated, or "
        "given several times. Whose row it is always comes first.",
        examples=[["number,name,status"]],
    )
    as_at: AsAt | None = Field(
        default=None,
        description="The register as it was at the end of this London day, or with this entry of "
        "its log.",
        examples=["2026-09-01", 8426],
    )


class PackageLicence(Answer):
    """Under which the data may be used."""

    name: str = Field(examples=["OGL-UK-3.0"])
    title: str
    path: str


class PackageConstraints(Answer):
    """What holds of every cell of a column."""

    required: bool


class PackageField(Answer):
    """A column."""

    name: str = Field(examples=["status_since"])
    type: str = Field(examples=["date"])
    description: str
    constraints: PackageConstraints | None = None


class PackageReference(Answer):
    """Which table a row belongs to a row of."""

    resource: str = Field(examples=["providers"])
    fields: list[str]


class PackageForeignKey(Answer):
    """By which columns."""

    fields: list[str]
    reference: PackageReference


class PackageSchema(Answer):
    """The columns of a table."""

    fields: list[PackageField]
    missing_values: list[str] = Field(alias="missingValues", examples=[[""]])
    primary_key: list[str] | None = Field(default=None, alias="primaryKey")
    foreign_keys: list[PackageForeignKey] = Field(default=[], alias="foreignKeys")


class PackageResource(Answer):
    """A table."""

    profile: str = Field(examples=["tabular-data-resource"])
    name: str = Field(examples=["providers"])
    title: str
    path: str
    format: str = Field(examples=["csv"])
    mediatype: str = Field(examples=["text/csv"])
    encoding: str = Field(examples=["utf-8"])
    dialect: dict[str, Any]
    schema_: PackageSchema = Field(alias="schema")


class PackageSource(Answer):
    """Where the data come from."""

    title: str
    path: str


class DataPackage(Answer):
    """A Tabular Data Package (Frictionless Data)."""

    profile: str = Field(examples=["tabular-data-package"])
    name: str
    title: str
    description: str
    version: str = Field(description="The log's epoch and newest entry", examples=["8428"])
    created: WrittenMoment | None = Field(description="When that entry was recorded")
    licenses: list[PackageLicence]
    sources: list[PackageSource]
    resources: list[PackageResource]
