"""What a new applicant shares with a record that was removed or refused; pure.

Whoever was removed may come back under another name. Each thing that two records share is a ground
with a weight: how likely, by itself, it is that the same people stand behind both. Grounds of
different kinds are put together as if they were independent: the chance that all of them deceive.

* The same company, charity or bank account settles it, and so does an applicant that says whom it
  continues.
* An officer with the same name and month of birth nearly does; a rare name without one tells, a
  common one hardly (`persons_alike`).
* The same house and flat, telephone number, mailbox or domain of its own tells, unless the words of
  the address say that many are there, or `MANY` strangers share it: records that have it too, and
  nothing that tells who is behind them in common with either.
* The name of the provider says little by itself.

What is found is shown to a person, who judges it. Nothing is refused by machine, and the sentences
name only what the applicant itself has given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from app.providers.terms import Ground
from app.providers.traces import Traces, read_traces
from app.providers.walk_back_grounds import GROUNDS, Finding, Pair, people_deceive

THRESHOLD = 0.6
"""From here on an assessor is told; chosen on the labelled pairs of `tests/providers`."""
_SAYS_THE_SAME = {Ground.MAILBOX: "internet", Ground.DOMAIN: "internet"}
"""A mailbox at a domain is no second reason beside the domain."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A held record that a new one may be connected with.

    Attributes:
        key: of the held record.
        findings: most telling first.
        score: all of them together, from 0 to 1.
    """

    key: str
    findings: tuple[Finding, ...]
    score: float


def connection(one: Traces, other: Traces, others: Iterable[Traces] = ()) -> Connection:
    """Return everything a new record has in common with a held one, however little it tells.

    Args:
        one: the new record.
        other: the held one.
        others: further records of the register that share something with either; by them is told
            whether what the two share is anything particular.
    """
    return _connection(
        Pair(read_traces(one), read_traces(other), [read_traces(each) for each in others])
    )


def _connection(pair: Pair) -> Connection:
    findings = [finding for ground in GROUNDS for finding in ground(pair)]
    findings.sort(key=lambda finding: (-finding.weight, finding.ground, finding.sentence))
    return Connection(pair.other.given.key, tuple(findings), _together(pair, findings))


def find_connected(
    new: Traces, held: Iterable[Traces], others: Iterable[Traces] = ()
) -> list[Connection]:
    """Return the held records that an assessor should look at, most telling first."""
    compared = [read_traces(record) for record in held]
    everyone = {each.given.key: each for each in (*(read_traces(one) for one in others), *compared)}
    pairs = (Pair(read_traces(new), each, list(everyone.values())) for each in compared)
    found = [_connection(pair) for pair in pairs if pair.other.given.key != new.key]
    telling = [each for each in found if each.score >= THRESHOLD]
    return sorted(telling, key=lambda each: (-each.score, each.key))


def _together(pair: Pair, findings: Iterable[Finding]) -> float:
    """Return the chance that not all grounds deceive; of a kind that says one thing, the best."""
    deceive: dict[str, float] = {Ground.PERSON: people_deceive(pair)}
    for finding in findings:
        if finding.ground is not Ground.PERSON:
            kind = _SAYS_THE_SAME.get(finding.ground, finding.ground)
            deceive[kind] = min(deceive.get(kind, 1.0), 1 - finding.weight)
    return round(1 - prod(sorted(deceive.values())), 3)
