"""Which host a website or mailbox is at, and whether that host tells whose it is."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,62}")
_MAILBOXES = (
    "aol.co.uk aol.com blueyonder.co.uk btconnect.com btinternet.com btopenworld.com fastmail.com "
    "gmail.com gmx.co.uk gmx.com googlemail.com hotmail.co.uk hotmail.com icloud.com live.co.uk "
    "live.com mac.com mail.com me.com msn.com ntlworld.com orange.net outlook.co.uk outlook.com "
    "plus.net plusnet.com proton.me protonmail.com sky.com talk21.com talktalk.net tiscali.co.uk "
    "virginmedia.com yahoo.co.uk yahoo.com ymail.com zoho.com"
)
_PAGES = (
    "bit.ly facebook.com google.com instagram.com linkedin.com linktr.ee sharepoint.com tiktok.com "
    "twitter.com x.com youtube.com"
)
_NAMED_PAGES = (
    "blogspot.com business.site github.io onmicrosoft.com square.site squarespace.com weebly.com "
    "wixsite.com wordpress.com"
)
_PAGES_BY_NAME = frozenset(_NAMED_PAGES.split())
"""Where anybody has a page, and each customer has a name of its own in front."""
_SHARED = frozenset(_MAILBOXES.split()) | frozenset(_PAGES.split()) | _PAGES_BY_NAME
"""Where anybody has a mailbox or a page."""
_OF_MANY = re.compile(r"(?:.+\.)?(?:gov\.uk|sch\.uk|ac\.uk|nhs\.uk|nhs\.net|police\.uk|mod\.uk)")
"""A council's, a school's or the health service's: many unconnected people have a mailbox there."""


def host_of(text: str) -> str | None:
    """Return the host of a web or e-mail address in lower case without `www.`; none if it has none.

    A scheme, a path and a port may be there or not: `https://www.example.org/us` is `example.org`.
    """
    given = text.strip().lower()
    if "@" in given and "//" not in given:
        host = given.rpartition("@")[2]
    else:
        try:
            host = urlsplit(given if "//" in given else f"//{given}").hostname or ""
        except ValueError:
            return None
    host = host.removesuffix(".").removeprefix("www.")
    return host if _HOST.fullmatch(host) else None


def own_domain(text: str) -> str | None:
    """Return the host of a web or e-mail address where it tells whose it is, and otherwise none.

    A host at which anybody may have a mailbox or a page tells nothing; nor does a council's.
    """
    host = host_of(text)
    if host is None or host in _SHARED or _OF_MANY.fullmatch(host):
        return None
    at = next((shared for shared in _SHARED if host.endswith(f".{shared}")), None)
    return host if at is None or at in _PAGES_BY_NAME else None


def read_website(text: str) -> str:
    """Return a web address with its scheme; `https` where none is given.

    Raises:
        ValueError: it is not the address of a website, or has a name and password in it.
    """
    given = text.strip()
    address = given if "://" in given else f"https://{given}"
    message = "A website looks like https://www.example.org"
    if not address.isascii() or any(one <= " " or one in '<>"\\^`{|}' for one in address):
        raise ValueError(message)
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise ValueError(message) from None
    if parts.scheme.lower() not in {"http", "https"} or "@" in parts.netloc:
        raise ValueError(message)
    if host_of(address) is None:
        raise ValueError(message)
    return address
