"""Invented words, and the names and identifiers made of them.

No syllable pair below is a word of English or the name of a place or an organisation that we know
of, so that whoever reads one sees that it is made up.
"""

from random import Random

from app.demo.kinds import Kind
from app.providers.schemas.recording import NewIdentifier
from app.providers.terms import Scheme

_FIRST = """
    Abbero Aldivo Ambru Anlo Avenlo Bexlo Brisko Cardo Corvi Cresko Dallo Delvi Drusko Dunvi Elsko
    Embri Eskar Fallo Fenni Galdo Glenvo Harlu Hexa Hollu Iveri Jarro Jessa Kelvo Kindro Lanvi Lorvi
    Lunda Marru Mesko Nimbe Norvo Orlu Oskel Pellu Perivo Quenno Quillo Rasko Rovel Sarvo Silvo
    Sonda Tarbu Tessel Trellu Ulder Umbri Vanno Velsko Wexel Wrenlo Yarro Yelvi Zanni Zelko
"""
_LAST = """
    bourne brook combe croft dale den fell field ford garth gate holt hurst low marsh mere ridge
    stead stow thorn wick wold
"""
FIRST_PARTS, LAST_PARTS = tuple(_FIRST.split()), tuple(_LAST.split())

_LEGAL_FORMS = ("", "", "", "", "", "", " CIC", " Ltd", " Trust")
_TRADING_AS = ("Learning", "Project", "Pathways", "Futures", "Next Steps", "Workshops")
_TRIES_WITH_ONE_WORD = 4

_CHARITIES_FROM, _UKPRNS_FROM = 9_000_000, 19_000_000


def invented_word(random: Random) -> str:
    """Make a word that names nothing outside this demonstration."""
    return random.choice(FIRST_PARTS) + random.choice(LAST_PARTS)


def invented_town(place: int) -> str:
    """Return the invented town of the district at a place in their list; always the same one."""
    first = FIRST_PARTS[place * 7 % len(FIRST_PARTS)]
    return first + LAST_PARTS[(place // len(FIRST_PARTS) + place) % len(LAST_PARTS)]


class Namer:
    """Names providers, each with a name that no other in this demonstration has."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._taken: set[str] = set()

    def name(self, kind: Kind) -> str:
        """Make a provider's name: an invented word, or two once they run out, and what it does."""
        tries = 0
        while True:
            word = invented_word(self._random)
            if tries >= _TRIES_WITH_ONE_WORD:
                word = f"{word} and {invented_word(self._random)}"
            ending = self._random.choice(_LEGAL_FORMS)
            name = f"{word} {self._random.choice(kind.titles)}{ending}"
            if name not in self._taken:
                self._taken.add(name)
                return name
            tries += 1

    def trading_name(self, name: str) -> str:
        """Make the name a provider goes by beside its own; others may go by the same."""
        return f"{name.split(' ', 1)[0]} {self._random.choice(_TRADING_AS)}"


def identifiers(random: Random, place: int) -> tuple[NewIdentifier, ...]:
    """Make what other registers would call the provider at a place in the plan.

    Each is valid in form and was never given out: Companies House has no prefix ZZ, charity
    numbers have not reached nine million, and UKPRNs begin with 100.
    """
    made = (
        (0.6, Scheme.COMPANIES_HOUSE, f"ZZ{place:06d}"),
        (0.2, Scheme.CHARITY_COMMISSION, str(_CHARITIES_FROM + place)),
        (0.15, Scheme.UKPRN, str(_UKPRNS_FROM + place)),
    )
    return tuple(
        NewIdentifier(scheme=scheme, value=value)
        for share, scheme, value in made
        if random.random() < share
    )
