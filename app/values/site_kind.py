"""What kind of place a site is, and how many adults work for a provider."""

from enum import StrEnum


class SiteKind(StrEnum):
    """What kind of place, or way of working, a site is."""

    FIXED = "fixed"
    FARM_OR_OUTDOOR = "farm-or-outdoor"
    WORKSHOP = "workshop"
    VEHICLE = "vehicle"
    SCHOOL_SITE = "school-site"
    HIRED = "hired"
    HOME_VISITS = "home-visits"
    ONLINE = "online"
    SATELLITE = "satellite"
    """A further place of a site's own people, such as a room in a village hall."""
    SUBCONTRACTED = "subcontracted"
    """Run for the provider by somebody else."""


class StaffSize(StrEnum):
    """How many adults work for a provider, as far as what is asked of it depends on it."""

    LONE = "lone"
    """One adult, such as a tutor working alone."""
    SMALL = "small"
    """Two to four adults."""
    LARGER = "larger"
    """Five or more: from there on a written health and safety policy is law."""
