"""Two hundred searches, by kind: what people ask of the register, in words a demonstration has."""

from itertools import islice, product
from urllib.parse import parse_qs

from app.register.schemas.search import SearchQuery

_WORDS = (
    *("tuition", "forest", "farm", "boxing", "learning", "project", "brickl", "car", "academy"),
    *(
        "mentoring",
        "carpentry",
        "equine",
        "motor",
        "music",
        "cookery",
        "sports",
        "art",
        "gardening",
    ),
    *("tesselmere", "druskogarth", "trust", "centre", "community", "school", "workshop"),
)
_PAIRS = (
    *("forest+school", "hair+and+beauty", "carpentry+and+joinery", "motor+vehicle", "the+farm"),
    *("learning+centre", "community+project", "music+production", "equine+therapy", "art+school"),
)
_MISSPELT = (
    *("tuishion", "forrest+school", "bricklaing", "mentering", "theartre", "boxxing", "druskogath"),
    *("equine+therepy", "motorcicle+repair", "tessellmere", "acadamy", "carpentary", "comunity"),
    *(
        "musick",
        "gardning",
        "lerning",
        "projeckt",
        "tution",
        "farrm",
        "schooll",
        "wokshop",
        "sprots",
    ),
    *("cookary", "centere", "hair+beuty", "joinary", "vehical", "equin", "trusst", "horticultur"),
)
_PLACES = (
    *(
        "CV1",
        "SW11",
        "B1",
        "M1",
        "LS1",
        "NE1",
        "CV34+5JB",
        "E1",
        "PL1",
        "NR1",
        "CA1",
        "BS1",
        "SO14",
    ),
)
_RADII = ("within_miles=3", "within_miles=5", "within_miles=10", "within_miles=25")
_FILTERS = (
    *("la=937", "la=330", "la=E09000007", "la=Kent", "la=Tower+Hamlets", "la=Cornwall"),
    *(
        "age=5",
        "age=11",
        "age=14",
        "age=22",
        "key_stage=1",
        "key_stage=4",
        "key_stage=2&key_stage=3",
    ),
    *("need=SEMH", "need=ASD", "need=MSI", "need=SEMH&need=SLCN", "need=VI&need=HI"),
    *("places=places-now", "places=soon&places=full", "offer=tuition", "offer=motor+vehicle"),
    *("status=suspended", "status=removed&status=closed", "evidence=out-of-date"),
    *(
        "la=Kent&age=14&need=SEMH",
        "la=330&key_stage=4",
        "need=MSI&age=7",
        "age=14&places=places-now",
    ),
    *(
        "la=937&need=ASD",
        "key_stage=5&need=PMLD",
        "status=under-review&age=12",
        "la=Cornwall&age=22",
    ),
    *("need=ASD&need=SEMH&need=SLCN", "offer=boxing&age=15", "offer=farm&need=ASD", "la=Essex"),
    *("status=listed&la=Devon", "key_stage=3&places=full", "age=2", "age=25&need=SLD"),
)
_MIXTURES = (
    *("q=tuition&near=B1", "q=forest+school&la=Kent", "q=farm&age=7&need=ASD"),
    *("q=motor&near=NE1&within_miles=25&age=15", "q=bricklaing&la=330", "q=mentoring&sort=name"),
    *("near=M1&within_miles=25&age=14", "near=LS1&age=11&need=ASD", "q=boxing&key_stage=4"),
    *("near=SW11&need=SEMH&need=SLCN", "near=B1&within_miles=25&sort=name", "q=learning&age=14"),
    *("near=E1&status=closed&status=removed", "near=NR1&within_miles=25&places=places-now"),
    *("q=academy&near=E1&within_miles=25", "near=CV1&within_miles=50&need=MSI", "q=art&la=Essex"),
    *("q=tesselmere&age=12", "near=PL1&within_miles=100&offer=tuition", "q=music&need=ASD&age=13"),
)


def _names() -> list[str]:
    alone = [f"q={word}" for word in (*_WORDS, *_PAIRS)]
    by_name = [f"q={word}&sort=name" for word in (*_WORDS, *_PAIRS)]
    return [*alone, *by_name][:60]


TWO_HUNDRED: dict[str, tuple[str, ...]] = {
    "words": tuple(_names()),
    "misspelt": tuple(f"q={word}" for word in _MISSPELT),
    "near": tuple(
        islice((f"near={place}&{radius}" for radius, place in product(_RADII, _PLACES)), 50)
    ),
    "filters": _FILTERS[:40],
    "mixtures": _MIXTURES,
}

_LISTS = frozenset({"need", "status", "key_stage", "places", "evidence", "outcome", "include"})


def query_of(asked: str) -> SearchQuery:
    """Return a search as the service reads it from an address."""
    given = parse_qs(asked)
    members = {name: held if name in _LISTS else held[0] for name, held in given.items()}
    return SearchQuery.model_validate(members)
