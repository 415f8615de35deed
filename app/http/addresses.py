"""Where a request comes from, as the server saw it or a trusted proxy reported it."""

import ipaddress
from typing import TypeAlias

from starlette.types import Scope

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_address(scope: Scope) -> Address | None:
    """Return the caller's address, or `None` when there is none, as over a Unix socket.

    An IPv4 address that a dual-stack socket wrote in IPv6 is given as what it is.
    """
    client = scope.get("client")
    try:
        address = ipaddress.ip_address(client[0]) if client else None
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
