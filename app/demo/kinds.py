"""The kinds of provision a demonstration is made of: what they call themselves, where, for whom."""

from dataclasses import dataclass
from enum import Enum

from app.values.site_kind import SiteKind


class Ages(Enum):
    """Spans of ages that places are usually offered for, first and last year of age."""

    INFANT_JUNIOR = (5, 11)
    JUNIOR = (7, 11)
    JUNIOR_TO_LEAVER = (8, 16)
    LOWER_SECONDARY = (11, 14)
    SECONDARY = (11, 16)
    THIRTEEN_TO_LEAVER = (13, 16)
    LEAVER = (14, 16)
    LEAVER_AND_AFTER = (14, 19)
    AFTER = (16, 19)
    SECONDARY_AND_AFTER = (11, 19)
    WITH_A_PLAN = (16, 25)
    """Beyond 19 only with an education, health and care plan."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of provision.

    Attributes:
        listed_as: what a local authority's list would call it.
        weight: how many of a hundred providers or so are of this kind.
        titles: what comes after the invented word in a provider's name.
        sites: the kinds of place it works at, the commonest first.
        programmes: what it offers.
        ages: whom it takes.
        most_hours: the most it offers to one pupil in a week.
    """

    listed_as: str
    weight: int
    titles: tuple[str, ...]
    sites: tuple[SiteKind, ...]
    programmes: tuple[str, ...]
    ages: tuple[Ages, ...]
    most_hours: int = 15


_YOUNGER = (Ages.INFANT_JUNIOR, Ages.JUNIOR, Ages.JUNIOR_TO_LEAVER, Ages.SECONDARY)
_ANY = (Ages.JUNIOR, Ages.JUNIOR_TO_LEAVER, Ages.SECONDARY, Ages.SECONDARY_AND_AFTER)
_OLDER = (Ages.SECONDARY, Ages.THIRTEEN_TO_LEAVER, Ages.LEAVER, Ages.LEAVER_AND_AFTER)
_TRADE = (Ages.THIRTEEN_TO_LEAVER, Ages.LEAVER, Ages.LEAVER_AND_AFTER, Ages.AFTER)

KINDS: tuple[Kind, ...] = (
    Kind(
        "Farm",
        7,
        ("Farm", "Care Farm", "Farm Days", "Community Farm"),
        (SiteKind.FARM_OR_OUTDOOR,),
        ("Animal care", "Land-based skills", "Farm mornings", "Horticulture"),
        (*_ANY, Ages.WITH_A_PLAN),
    ),
    Kind(
        "Forest school",
        8,
        ("Forest School", "Woodland Days", "Forest Learning", "Woods"),
        (SiteKind.FARM_OR_OUTDOOR,),
        ("Forest school", "Bushcraft", "Green woodwork", "Outdoor learning"),
        (*_YOUNGER, Ages.LOWER_SECONDARY),
        most_hours=12,
    ),
    Kind(
        "Motor vehicle",
        7,
        ("Garage", "Motor Project", "Motor Workshop", "Wheels"),
        (SiteKind.WORKSHOP, SiteKind.VEHICLE),
        ("Motor vehicle maintenance", "Motorcycle repair", "Bodywork and paint", "Bicycle repair"),
        _TRADE,
    ),
    Kind(
        "Tuition",
        14,
        ("Tuition", "Tutors", "Learning Rooms", "Tuition Centre"),
        (SiteKind.FIXED, SiteKind.HIRED, SiteKind.HOME_VISITS, SiteKind.SCHOOL_SITE),
        ("One-to-one tuition", "English and mathematics", "Functional skills", "GCSE tuition"),
        (*_ANY, Ages.LEAVER, Ages.AFTER),
    ),
    Kind(
        "Online tuition",
        5,
        ("Online Tuition", "Online Learning", "Online Lessons"),
        (SiteKind.ONLINE,),
        ("Online tuition", "Live online lessons", "GCSE English online", "GCSE mathematics online"),
        (*_ANY, Ages.LEAVER),
    ),
    Kind(
        "Boxing and fitness",
        5,
        ("Boxing", "Boxing Gym", "Boxing and Fitness"),
        (SiteKind.FIXED, SiteKind.HIRED),
        ("Boxing and fitness", "Mentoring through sport", "Sports leadership"),
        _OLDER,
        most_hours=12,
    ),
    Kind(
        "Sport",
        5,
        ("Sports Project", "Football Project", "Sports Coaching"),
        (SiteKind.HIRED, SiteKind.SCHOOL_SITE, SiteKind.FARM_OR_OUTDOOR),
        ("Football coaching", "Sports coaching", "Sports leadership", "Personal fitness"),
        (*_ANY, Ages.LEAVER),
    ),
    Kind(
        "Music",
        5,
        ("Music Studio", "Sound Studio", "Music Project"),
        (SiteKind.FIXED, SiteKind.HIRED),
        ("Music production", "Songwriting", "DJ skills", "Podcasting and radio"),
        _OLDER,
    ),
    Kind(
        "Arts",
        5,
        ("Arts Studio", "Print Workshop", "Pottery", "Arts Project"),
        (SiteKind.FIXED, SiteKind.WORKSHOP),
        ("Art and design", "Ceramics", "Photography", "Textiles"),
        (*_ANY, Ages.LEAVER_AND_AFTER),
    ),
    Kind(
        "Hair and beauty",
        5,
        ("Hair and Beauty", "Hair Studio", "Barbers", "Beauty Training"),
        (SiteKind.FIXED,),
        ("Hairdressing", "Barbering", "Beauty therapy", "Nail technology"),
        _TRADE,
    ),
    Kind(
        "Construction",
        7,
        ("Construction Centre", "Building Skills", "Trades Workshop"),
        (SiteKind.WORKSHOP, SiteKind.FIXED),
        ("Bricklaying", "Carpentry and joinery", "Plastering", "Painting and decorating"),
        _TRADE,
    ),
    Kind(
        "Equine therapy",
        5,
        ("Equine Therapy", "Riding Project", "Stables", "Ponies"),
        (SiteKind.FARM_OR_OUTDOOR,),
        ("Equine-assisted learning", "Stable management", "Riding and horse care"),
        (*_YOUNGER, Ages.SECONDARY_AND_AFTER, Ages.WITH_A_PLAN),
        most_hours=10,
    ),
    Kind(
        "Catering",
        4,
        ("Kitchen", "Catering Skills", "Bakery Project"),
        (SiteKind.FIXED, SiteKind.HIRED),
        ("Food and cookery", "Bakery", "Barista skills", "Kitchen hygiene"),
        _TRADE,
    ),
    Kind(
        "Mentoring",
        8,
        ("Mentoring", "Youth Mentoring", "Mentors"),
        (SiteKind.HIRED, SiteKind.HOME_VISITS, SiteKind.SCHOOL_SITE),
        ("One-to-one mentoring", "Group mentoring", "Transition support", "Careers and next steps"),
        (*_ANY, Ages.LEAVER),
        most_hours=10,
    ),
    Kind(
        "Outdoor adventure",
        4,
        ("Outdoor Adventure", "Climbing", "Paddlers"),
        (SiteKind.FARM_OR_OUTDOOR, SiteKind.HIRED),
        ("Climbing", "Canoeing and paddling", "Expedition skills", "Mountain biking"),
        _ANY,
        most_hours=12,
    ),
    Kind(
        "Digital",
        3,
        ("Code Workshop", "Digital Studio", "Games Lab"),
        (SiteKind.FIXED, SiteKind.HIRED),
        ("Coding and games design", "Digital media", "Computer repair", "Robotics"),
        (*_ANY, Ages.LEAVER_AND_AFTER),
    ),
    Kind(
        "Theatre",
        3,
        ("Theatre Workshop", "Drama Project", "Players"),
        (SiteKind.HIRED, SiteKind.FIXED),
        ("Drama", "Stage and set building", "Film making", "Circus skills"),
        _ANY,
        most_hours=12,
    ),
    Kind(
        "Therapeutic",
        6,
        ("Therapeutic Learning", "Wellbeing Centre", "Therapies"),
        (SiteKind.FIXED, SiteKind.HIRED),
        ("Art therapy", "Play therapy", "Emotional literacy", "Animal-assisted therapy"),
        (*_YOUNGER, Ages.SECONDARY),
        most_hours=10,
    ),
    Kind(
        "Gardening",
        4,
        ("Gardens", "Growing Project", "Nursery Gardens"),
        (SiteKind.FARM_OR_OUTDOOR,),
        ("Horticulture", "Gardening for wellbeing", "Grounds maintenance"),
        (*_ANY, Ages.WITH_A_PLAN),
    ),
    Kind(
        "Boats",
        2,
        ("Boatyard", "Sailing Project", "Boat Builders"),
        (SiteKind.WORKSHOP, SiteKind.FARM_OR_OUTDOOR),
        ("Boat building", "Seamanship", "Marine engines"),
        _OLDER,
    ),
    Kind(
        "Vocational skills",
        6,
        ("Skills Centre", "Vocational Centre", "Skills Workshop"),
        (SiteKind.FIXED, SiteKind.WORKSHOP),
        ("Employability", "Construction taster", "Hair and beauty taster", "Functional skills"),
        _TRADE,
    ),
    Kind(
        "Mobile workshop",
        2,
        ("Mobile Workshop", "Bus Project", "Mobile Studio"),
        (SiteKind.VEHICLE, SiteKind.SCHOOL_SITE),
        ("Bicycle repair", "Music technology", "Careers and next steps"),
        (*_ANY, Ages.LEAVER),
        most_hours=6,
    ),
)
