"""Where a request comes from, as the server saw it or a trusted proxy reported it."""

import ipaddress
from functools import lru_cache
from typing import TypeAlias

from starlette.types import Scope

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_address(scope: Scope) -> Address | None:
    """Return the caller's address, or `None` when there is none, as over a Unix socket.

    An IPv4 address that a dual-stack socket wrote in IPv6 is given as what it is.
    """
    client = scope.get("client")
    return address_of(client[0]) if client else None


@lru_cache(maxsize=4_096)
def address_of(host: str) -> Address | None:
    """Return the address that a host is written as; the same callers come again and again."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
