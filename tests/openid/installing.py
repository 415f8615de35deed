"""Install the OpenID provider that tests run; `python -m tests.openid.installing`."""

import sys
from pathlib import Path

from tests.node_packages import find_node, install

HERE = Path(__file__).parent


def main() -> int:
    """Install it, unless it is there."""
    if find_node() is None:
        print("There is no npm; the tests of the OpenID provider will be skipped.", file=sys.stderr)  # noqa: T201
        return 0
    return install(HERE)


if __name__ == "__main__":
    raise SystemExit(main())
