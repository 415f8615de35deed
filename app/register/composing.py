"""What is public about a provider: the one list of fields that may leave.

Anything not named here, or in `site_records` and `ahead`, is not public. The record holds facts
only: no age of a thing, no distance, no name of a local authority that could be looked up. What
time alone will change is computed ahead: a record holds by itself through `valid_until`.
"""

from datetime import date
from typing import Any

from app.register.ahead import (
    SiteStanding,
    changes_next,
    site_standings,
    whole_evidence,
    whole_outcome,
)
from app.register.queries.records import WholeProvider
from app.register.site_records import compose_site, day


def compose(whole: WholeProvider, today: date) -> dict[str, Any]:
    """Compose a provider's public record as it holds on a day, every list in a fixed order.

    The order is made here: a server's own depends on its collation, and the bytes are hashed.
    """
    provider = whole.provider
    status = {"code": provider.status, "since": day(provider.status_since)}
    stands = site_standings(whole.picture, today, whole.outcomes)
    valid_until, ahead = changes_next(whole.picture, whole.outcomes, status, today)
    return {
        "number": provider.number,
        "name": provider.name,
        "other_names": [
            {"name": name.name, "kind": name.kind, "until": day(name.until)}
            for name in sorted(whole.names, key=lambda name: (name.kind, name.name))
            if name.withdrawn_at is None
        ],
        "identifiers": [
            {
                "scheme": held.scheme,
                "value": held.value,
                "verified_on": day(whole.verified_on.get(held.id)),
            }
            for held in sorted(whole.identifiers, key=lambda held: (held.scheme, held.value))
            if held.withdrawn_at is None
        ],
        "status": status,
        "evidence": whole_evidence(list(stands.values())),
        "outcome": whole_outcome(stands.values()),
        "confirmed_on": day(whole.confirmed_on),
        "contact": {
            "website": provider.website,
            "email": provider.public_email,
            "phone": provider.public_phone,
        }
        if whole.consents
        else None,
        "predecessors": sorted(whole.predecessors),
        "successors": sorted(whole.successors),
        "merged_into": whole.merged_into,
        "valid_until": valid_until,
        "next": _next(whole, ahead),
        "sites": [
            compose_site(whole, site, stands.get(site.id), today)
            for site in sorted(whole.sites, key=lambda site: site.reference)
        ],
    }


def _next(whole: WholeProvider, ahead: dict[str, Any] | None) -> dict[str, Any] | None:
    """Write what will hold next, sites by their reference."""
    if ahead is None:
        return None
    changed: dict[Any, SiteStanding] = ahead["sites"]
    return ahead | {
        "sites": [
            {
                "reference": site.reference,
                "status": changed[site.id].standing.state.value,
                "evidence": evidence["status"] if (evidence := changed[site.id].evidence) else None,
                "outcome": changed[site.id].outcome,
            }
            for site in sorted(whole.sites, key=lambda site: site.reference)
            if site.id in changed
        ]
    }
