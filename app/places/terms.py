"""The kinds of local authority, and how near a place is known."""

from enum import StrEnum


class LaKind(StrEnum):
    """What sort of council a local authority is."""

    COUNTY_COUNCIL = "county-council"
    LONDON_BOROUGH = "london-borough"
    METROPOLITAN_DISTRICT = "metropolitan-district"
    SUI_GENERIS = "sui-generis"
    """Of its own kind: the City of London, and the Council of the Isles of Scilly."""
    UNITARY_AUTHORITY = "unitary-authority"


class Precision(StrEnum):
    """What a point is the middle of; only the first is good enough to find a door by."""

    POSTCODE = "postcode"
    POSTCODE_DISTRICT = "postcode-district"
    POSTCODE_AREA = "postcode-area"
