"""What is under version control keeps the rules, and each rule finds what is planted for it."""

import subprocess
from pathlib import Path

import pytest

from tests.contracts.repository import (
    LARGEST_BYTES,
    RULES,
    Rule,
    Tracked,
    findings,
    holds_address_in_lock,
    holds_private_key,
    holds_unpinned,
    is_third_party,
    names_machine_path,
    names_package_index,
    out_of_place,
    too_large,
    tracked_files,
)

REPOSITORY = Path(__file__).resolve().parents[2]
HASH = f"\\\n    --hash=sha256:{'0' * 64}"
HOME, PASSING = "/ho" + "me/", "/t" + "mp/"
INDEX = "https://py" + "pi.org/simple"

PLANTED: dict[str, tuple[Rule, str, str]] = {
    "a stray file at the top": (out_of_place, "notes.txt", ""),
    "a stray folder at the top": (out_of_place, "utils/x.py", ""),
    "a lock by another name": (out_of_place, "packages.lock", ""),
    "a large file": (too_large, "app/places/facts/all.csv", "x" * (LARGEST_BYTES + 1)),
    "an address in a lock": (
        holds_address_in_lock,
        "requirements.lock",
        f"# from {INDEX}",
    ),
    "an address in npm's lock": (
        holds_address_in_lock,
        "app/pages/frontend/package-lock.json",
        '"resolved": "file:x.tgz"',
    ),
    "a package without a hash": (holds_unpinned, "requirements.lock", "a==1 \\\nb==2 \\\n"),
    "a last package without a hash": (holds_unpinned, "requirements.lock", "a==1 \\\n"),
    "a range of versions": (
        holds_unpinned,
        "requirements-dev.lock",
        f"a>=1 {HASH}\n",
    ),
    "a hash of another kind": (
        holds_unpinned,
        "requirements.lock",
        f"a==1 {HASH} \\\n    --hash=md5:00\n",
    ),
    "a home folder": (names_machine_path, "README.md", f"cd {HOME}someone/register"),
    "a home folder in an address": (names_machine_path, "x.toml", f"file://{HOME}someone/x"),
    "a scratch folder": (names_machine_path, "Makefile", f'"{PASSING}x"'),
    "a home folder on Windows": (names_machine_path, "README.md", "C:\\Us" + "ers\\someone"),
    "an index": (names_package_index, "Dockerfile", f"RUN pip install -i {INDEX} x"),
    "a registry": (names_package_index, ".npmrc", "registry=https://registry." + "npm" + "js.org"),
    "a private key": (
        holds_private_key,
        "tests/key.pem",
        "-----BEGIN RSA PRIVATE" + " KEY-----",
    ),
    "installed packages": (is_third_party, "app/node_" + "modules/a/index.js", ""),
    "a minified style sheet": (is_third_party, "app/pages/static/a.min.css", ""),
    "a font": (is_third_party, "app/pages/static/a.woff2", ""),
    "a vendor folder": (is_third_party, "app/pages/static/vendor/a.css", ""),
}

FINE: dict[str, tuple[Rule, str, str]] = {
    "a dot file": (out_of_place, ".ci/run", ""),
    "a lock": (out_of_place, "requirements-node.lock", ""),
    "the largest file": (too_large, "app/x.csv", "x" * LARGEST_BYTES),
    "an address in a document": (holds_address_in_lock, "README.md", "https://example.org"),
    "packages with hashes": (
        holds_unpinned,
        "requirements.lock",
        f"# a comment\na==1 {HASH} {HASH}\nb[c]==2 ; python_version < '3.12' {HASH}\n",
    ),
    "an address that looks like a path": (
        names_machine_path,
        "README.md",
        f"https://example.org{HOME}someone and /v1/providers and ~{PASSING}x",
    ),
    "a word that looks like an index": (names_package_index, "README.md", "npm ci; pip install"),
    "a public key": (holds_private_key, "tests/key.pem", "-----BEGIN PUBLIC KEY-----"),
    "our own script": (is_third_party, "app/pages/static/register.js", ""),
}


class TestRules:
    @pytest.mark.parametrize(("rule", "path", "text"), PLANTED.values(), ids=PLANTED)
    def test_each_rule_finds_what_is_planted(self, rule: Rule, path: str, text: str) -> None:
        found = list(rule(Tracked(path, text.encode())))

        assert found
        assert all(finding.startswith(path) for finding in found)

    @pytest.mark.parametrize(("rule", "path", "text"), FINE.values(), ids=FINE)
    def test_no_rule_minds_what_is_fine(self, rule: Rule, path: str, text: str) -> None:
        assert list(rule(Tracked(path, text.encode()))) == []

    def test_every_rule_has_something_planted_for_it(self) -> None:
        assert {rule for rule, _, _ in PLANTED.values()} == {*RULES}


class TestTrackedFiles:
    def test_holds_new_files_but_not_ignored_ones(self, tmp_path: Path) -> None:
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)  # noqa: S603, S607
        (tmp_path / ".gitignore").write_text("ignored\n")
        (tmp_path / "ignored").write_text("x")
        (tmp_path / "new name é").write_text("x")

        paths = [file.path for file in tracked_files(tmp_path)]

        assert paths == [".gitignore", "new name é"]


class TestThisRepository:
    def test_keeps_every_rule(self) -> None:
        assert findings(RULES, tracked_files(REPOSITORY)) == []

    def test_is_really_looked_at(self) -> None:
        paths = {file.path for file in tracked_files(REPOSITORY)}

        assert {"pyproject.toml", "requirements.lock", "app/main.py"} <= paths
        assert not [path for path in paths if path.startswith((".venv/", ".data/"))]
