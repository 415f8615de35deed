import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.keyring import ring as rings
from app.keyring.ring import Key, Keyring, KeyringError

MOMENT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
LATER = datetime(2026, 9, 1, 12, 30, tzinfo=UTC)


def told(ring: Keyring) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(rings.written(ring))
    return found


@pytest.fixture
def ring() -> Keyring:
    return rings.turned(rings.new_keyring(MOMENT), LATER)


class TestMaking:
    def test_a_new_ring_has_one_key_and_it_is_current(self) -> None:
        made = rings.new_keyring(MOMENT)

        assert list(made.keys) == ["k1"]
        assert made.current is made.keys["k1"]
        assert len(made.current.secret) == 32
        assert made.current.made_at == "2026-03-01T12:30:00+00:00"

    def test_no_two_rings_have_the_same_key(self) -> None:
        assert rings.new_keyring(MOMENT) != rings.new_keyring(MOMENT)

    def test_a_fingerprint_tells_keys_apart_and_nothing_of_the_key(self, ring: Keyring) -> None:
        one, other = (ring.keys[name].fingerprint for name in ("k1", "k2"))

        assert one != other
        assert len(one) == 16
        assert one not in ring.keys["k1"].secret.hex()

    def test_a_ring_shown_shows_no_secret(self, ring: Keyring) -> None:
        secrets = [secret for key in ring.keys.values() for secret in spelt(key)]

        assert not [secret for secret in secrets if secret in repr(ring) + str(ring)]
        assert "k2" in repr(ring)


class TestTurning:
    def test_makes_another_key_current_and_keeps_the_former(self) -> None:
        before = rings.new_keyring(MOMENT)

        after = rings.turned(before, LATER)

        assert after.current.id == "k2"
        assert after.keys["k1"] == before.current
        assert list(before.keys) == ["k1"]

    def test_a_prepared_key_is_not_current_until_the_next_turn(self) -> None:
        before = rings.new_keyring(MOMENT)

        ready = rings.prepared(before, LATER)
        after = rings.turned(ready, LATER)

        assert (ready.current, list(ready.keys)) == (before.current, ["k1", "k2"])
        assert rings.newest(ready) == ready.keys["k2"]
        assert (after.current, after.keys) == (ready.keys["k2"], ready.keys)

    def test_no_second_key_is_prepared(self) -> None:
        ready = rings.prepared(rings.new_keyring(MOMENT), LATER)

        with pytest.raises(KeyringError, match="k2 is prepared already"):
            rings.prepared(ready, LATER)

    def test_counts_on_past_nine_and_past_keys_that_were_dropped(self) -> None:
        ring = rings.new_keyring(MOMENT)
        for _ in range(9):
            ring = rings.turned(ring, LATER)
        ring = rings.without(ring, "k2")

        assert rings.turned(ring, LATER).current.id == "k11"


class TestDropping:
    def test_takes_one_key_off_and_leaves_the_others(self, ring: Keyring) -> None:
        left = rings.without(ring, "k1")

        assert (left.current, list(left.keys)) == (ring.current, ["k2"])

    @pytest.mark.parametrize(
        ("key_id", "said"),
        [("k2", "k2 is the current key"), ("k3", "no key k3")],
    )
    def test_refuses_the_current_key_and_one_that_is_not_there(
        self, ring: Keyring, key_id: str, said: str
    ) -> None:
        with pytest.raises(KeyringError, match=said):
            rings.without(ring, key_id)


class TestItsFile:
    def test_what_was_saved_is_loaded_and_for_its_owner_alone(
        self, ring: Keyring, tmp_path: Path
    ) -> None:
        path = tmp_path / "keyring.json"

        rings.save(ring, path)

        assert rings.load(path) == ring
        assert path.stat().st_mode & 0o777 == 0o600
        assert [found.name for found in tmp_path.iterdir()] == ["keyring.json"]

    def test_saving_replaces_the_file_and_never_writes_into_it(
        self, ring: Keyring, tmp_path: Path
    ) -> None:
        path = tmp_path / "keyring.json"
        rings.save(ring, path)

        with path.open() as open_before:
            rings.save(rings.turned(ring, LATER), path)
            seen_by_a_reader = open_before.read()

        assert rings.parse(seen_by_a_reader) == ring
        assert rings.load(path).current.id == "k3"

    def test_where_its_path_is_a_link_the_link_stays(self, ring: Keyring, tmp_path: Path) -> None:
        (tmp_path / "kept").mkdir()
        link = tmp_path / "keyring.json"
        link.symlink_to(tmp_path / "kept" / "keyring.json")

        with rings.alone_with(link):
            rings.save(ring, link)
            rings.save(rings.turned(rings.load(link), LATER), link)

        assert link.is_symlink()
        assert rings.load(tmp_path / "kept" / "keyring.json").current.id == "k3"

    def test_what_cannot_be_saved_leaves_nothing_behind(
        self, ring: Keyring, tmp_path: Path
    ) -> None:
        place = tmp_path / "keyring.json"
        place.mkdir()

        with pytest.raises(OSError, match="directory"):
            rings.save(ring, place)

        assert list(tmp_path.iterdir()) == [place]

    def test_a_missing_one_is_named_with_what_to_do(self, tmp_path: Path) -> None:
        with pytest.raises(KeyringError, match=r"no keyring at .*absent.json.*keyring new"):
            rings.load(tmp_path / "absent.json")

    def test_one_that_cannot_be_read_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(KeyringError, match=f"The keyring at {tmp_path} cannot be read"):
            rings.load(tmp_path)

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610])
    def test_one_that_others_may_read_or_change_is_refused(
        self, ring: Keyring, tmp_path: Path, mode: int
    ) -> None:
        path = tmp_path / "keyring.json"
        rings.save(ring, path)
        path.chmod(mode)

        with pytest.raises(KeyringError, match="chmod 600"):
            rings.load(path)

    def test_those_who_change_it_take_turns(self, tmp_path: Path) -> None:
        path = tmp_path / "keyring.json"
        rings.save(rings.new_keyring(MOMENT), path)

        def turn() -> None:
            with rings.alone_with(path):
                rings.save(rings.turned(rings.load(path), LATER), path)

        threads = [threading.Thread(target=turn) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert rings.load(path).current.id == "k9"


DAMAGED: dict[str, Any] = {
    "nothing": "",
    "half of it": '{"current": "k1", "keys": {"k1": {"secret"',
    "another document": "[]",
    "no keys": '{"current": "k1", "keys": {}}',
    "bytes that are no text": "\ufffd\ufffd",
    "nested without end": "[" * 100_000,
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_one_is_refused(text: str) -> None:
    with pytest.raises(KeyringError, match=r"damaged\. Bring back its escrow copy"):
        rings.parse(text)


CHANGES: dict[str, dict[str, Any]] = {
    "a current key that is not there": {"current": "k9"},
    "a key too short": {"secret": "c2hvcnQ="},
    "a key that is not base64": {"secret": "c2hv cnQ="},
    "a key that is not text": {"secret": 7},
    "a date that is none": {"made_at": "some day"},
    "a date that is not text": {"made_at": 7},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_one_with_something_wrong_in_it_is_refused_without_showing_a_key(
    ring: Keyring, change: dict[str, Any]
) -> None:
    facts = told(ring)
    facts["current"] = change.get("current", "k2")
    facts["keys"]["k2"] |= {name: value for name, value in change.items() if name != "current"}

    with pytest.raises(KeyringError) as refused:
        rings.parse(json.dumps(facts))

    assert str(refused.value) == "The keyring is damaged. Bring back its escrow copy."
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("name", ["k0", "k", "1", "x1", "k-1", "k1 ", "k\u0661", "k1234567890"])
def test_a_key_by_another_name_than_ours_is_refused(name: str) -> None:
    facts = told(rings.new_keyring(MOMENT))
    renamed = {"current": name, "keys": {name: facts["keys"]["k1"]}}

    with pytest.raises(KeyringError, match="damaged"):
        rings.parse(json.dumps(renamed))


def spelt(key: Key) -> list[str]:
    """Every way in which a secret might be shown."""
    return [key.secret.hex(), repr(key.secret)[2:-1], json.dumps(list(key.secret))]
