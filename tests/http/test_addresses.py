import pytest

from app.http.addresses import client_address
from tests.http.support import scope_of


@pytest.mark.parametrize(
    ("client", "address"),
    [
        (("192.0.2.1", 1), "192.0.2.1"),
        (("::ffff:192.0.2.1", 1), "192.0.2.1"),
        (("2001:db8::1", 1), "2001:db8::1"),
        (("testclient", 1), "None"),
        (("", 0), "None"),
        (None, "None"),
    ],
)
def test_a_callers_address_is_read(client: tuple[str, int] | None, address: str) -> None:
    assert str(client_address(scope_of("/") | {"client": client})) == address
