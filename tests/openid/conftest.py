"""The providers: the real one once for each worker, the chosen one anew for each test."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.openid.issuer import Issuer, running_issuer
from tests.openid.provider import RealProvider, Visitor, running_provider, trouble


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealProvider]:
    """The real provider, run by Node.js."""
    reason = trouble()
    if reason is not None:
        pytest.skip(reason)
    with running_provider(tmp_path_factory.mktemp("openid") / "provider.log") as made:
        yield made


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    """A browser at the real provider's, with no cookie yet."""
    made = Visitor()
    yield made
    await made.close()


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """A provider whose every word can be chosen."""
    with running_issuer() as made:
        yield made
