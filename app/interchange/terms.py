"""What can be imported, how an import can end, and what columns may be called."""

from enum import StrEnum


class ImportKind(StrEnum):
    """What a file holds."""

    POSTCODES = "postcodes"
    PROVIDERS = "providers"
    SCHOOLS = "schools"
    SCHOOL_GROUPS = "school-groups"
    """Trusts and federations."""
    SCHOOL_LINKS = "school-links"
    """Which establishment followed, joined or came out of which."""


class Outcome(StrEnum):
    """How an import ended."""

    LANDED = "landed"
    """Its rows are held now."""
    WOULD_LAND = "would-land"
    """A trial: nothing stands in the way, and nothing was changed."""
    REFUSED = "refused"
    """Rows have faults, so nothing was changed."""
    ALREADY_LANDED = "already-landed"
    """This very file, with these options, landed before; nothing was changed."""


class Column(StrEnum):
    """What a column of a provider list says."""

    NAME = "provider_name"
    OTHER_NAMES = "other_names"
    LA_CODE = "la_code"
    LA_NAME = "la_name"
    PLACE = "place"
    POSTCODE = "postcode"
    LIST_NAME = "list_name"
    LIST_DATE = "list_date"
    REFERENCE = "reference"
    LISTED_AS = "listed_as"
    SOURCE_URL = "source_url"
    OFFERS = "offer_tags"
    AGES = "ages"
    PLACES = "places"
    NOTE = "note"
    URN = "urn"
    POSSIBLE_URN = "possible_urn"
    POSSIBLE_URN_NAME = "possible_urn_name"
    POSSIBLE_URN_POSTCODE = "possible_urn_postcode"
    COMPANY_NUMBER = "company_number"
    CHARITY_NUMBER = "charity_number"
    UKPRN = "ukprn"
    LOCAL_RESULT = "local_result"
    LOCAL_RESULT_ON = "local_result_on"


SYNONYMS: dict[Column, tuple[str, ...]] = {
    Column.NAME: ("provider", "name", "organisation", "organisation name", "name of provider"),
    Column.OTHER_NAMES: ("other name", "trading name", "trading as", "also known as"),
    Column.LA_CODE: ("la", "local authority", "local authority code", "council"),
    Column.LA_NAME: ("local authority name",),
    Column.PLACE: ("town", "location", "area"),
    Column.POSTCODE: ("post code",),
    Column.LIST_NAME: ("list", "framework", "directory"),
    Column.LIST_DATE: ("date of list",),
    Column.REFERENCE: ("ref", "reference number", "list reference"),
    Column.LISTED_AS: ("category", "listed category"),
    Column.SOURCE_URL: ("source", "url"),
    Column.OFFERS: ("offer", "offers", "programmes", "activities"),
    Column.AGES: (
        "age",
        "age range",
        "age or key stage",
        "key stage",
        "key stages",
        "year groups",
    ),
    Column.PLACES: ("number of places", "capacity"),
    Column.NOTE: ("notes", "comments"),
    Column.URN: ("school urn",),
    Column.POSSIBLE_URN_NAME: ("urn name", "school name"),
    Column.POSSIBLE_URN_POSTCODE: ("urn postcode", "school postcode"),
    Column.COMPANY_NUMBER: ("company no", "companies house number", "companies house"),
    Column.CHARITY_NUMBER: ("charity no", "registered charity number", "charity commission"),
    Column.LOCAL_RESULT: (
        "result",
        "outcome",
        "local outcome",
        "result of check",
        "outcome of check",
        "status of check",
        "check result",
        "check outcome",
        "qa result",
        "qa outcome",
        "qa rating",
        "qa status",
        "rating",
    ),
    Column.LOCAL_RESULT_ON: (
        "local result date",
        "date of local result",
        "result date",
        "date of result",
        "result on",
        "outcome date",
        "date of outcome",
        "date of check",
        "check date",
        "checked on",
        "date checked",
        "last checked",
        "date last checked",
        "qa date",
        "date of qa",
        "last qa",
        "qa visit date",
        "date of visit",
        "visit date",
        "last visited",
    ),
}
"""What lists call their columns beside the column's own name; case and punctuation do not count."""

READ_NOT_KEPT = frozenset(
    {Column.PLACES, Column.NOTE, Column.POSSIBLE_URN, Column.POSSIBLE_URN_NAME}
    | {Column.POSSIBLE_URN_POSTCODE, Column.URN}
)
"""Columns that are understood, or serve to tell schools apart, but are kept nowhere."""


class SchoolColumn(StrEnum):
    """What a column of an extract of establishments says, by its heading in GIAS."""

    URN = "URN"
    NAME = "EstablishmentName"
    LA_CODE = "LA (code)"
    NUMBER = "EstablishmentNumber"
    TYPE_CODE = "TypeOfEstablishment (code)"
    TYPE_NAME = "TypeOfEstablishment (name)"
    STATUS = "EstablishmentStatus (name)"
    OPENED = "OpenDate"
    CLOSED = "CloseDate"
    PHASE = "PhaseOfEducation (name)"
    LOW_AGE = "StatutoryLowAge"
    HIGH_AGE = "StatutoryHighAge"
    TRUST_FLAG = "TrustSchoolFlag (name)"
    TRUST_UID = "Trusts (code)"
    TRUST_NAME = "Trusts (name)"
    FEDERATION_UID = "Federations (code)"
    FEDERATION_NAME = "Federations (name)"
    UKPRN = "UKPRN"
    UPRN = "UPRN"
    STREET = "Street"
    LOCALITY = "Locality"
    ADDRESS_3 = "Address3"
    TOWN = "Town"
    POSTCODE = "Postcode"
    EASTING = "Easting"
    NORTHING = "Northing"


class GroupColumn(StrEnum):
    """What a column of an extract of groups says, by its heading in GIAS."""

    UID = "Group UID"
    ID = "Group ID"
    NAME = "Group Name"
    COMPANY_NUMBER = "Companies House Number"
    TYPE_CODE = "Group Type (code)"
    TYPE_NAME = "Group Type"
    STATUS = "Group Status"
    OPENED = "Open date"
    INCORPORATED = "Incorporated on (open date)"
    CLOSED = "Closed Date"
    UKPRN = "UKPRN"


class LinkColumn(StrEnum):
    """What a column of an extract of links says, by its heading in GIAS."""

    URN = "URN"
    LINKED_URN = "LinkURN"
    TYPE = "LinkType"
    LINKED_NAME = "LinkName"
    ESTABLISHED = "LinkEstablishedDate"


NEEDED: dict[type[StrEnum], tuple[tuple[StrEnum, ...], ...]] = {
    SchoolColumn: (
        (SchoolColumn.URN,),
        (SchoolColumn.NAME,),
        (SchoolColumn.LA_CODE,),
        (SchoolColumn.TYPE_CODE, SchoolColumn.TYPE_NAME),
        (SchoolColumn.STATUS,),
    ),
    GroupColumn: (
        (GroupColumn.UID,),
        (GroupColumn.NAME,),
        (GroupColumn.TYPE_CODE, GroupColumn.TYPE_NAME),
    ),
    LinkColumn: ((LinkColumn.URN,), (LinkColumn.LINKED_URN,), (LinkColumn.TYPE,)),
}
"""What an extract cannot do without; of alternatives, one is enough."""
