"""The image and the composition keep the rules, and each rule finds what is planted for it."""

import tomllib
from pathlib import Path

import pytest
import yaml

from tests.contracts.containers import compose_findings, dockerfile_findings, instructions

REPOSITORY = Path(__file__).resolve().parents[2]
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (REPOSITORY / "compose.yaml").read_text(encoding="utf-8")
ENTRY_POINT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "scripts"
]["ap-register"]
PASSWORD = "${DATABASE_PASSWORD:?set DATABASE_PASSWORD}"

IN_DOCKERFILE: dict[str, tuple[str, str, str]] = {
    "an unknown base": ("FROM python:3.11-slim\n", "FROM python:latest\n", "known bases"),
    "an unchecked package": ("--require-hashes -r requirements-node", "-r x", "checking hashes"),
    "no lock": ("-r requirements.lock", "-r other.lock", "requirements.lock is not installed"),
    "no front-end files": ("-m app.pages.assets", "--version", "front-end files"),
    "a password": ("PORT=8000", "DB_PASSWORD=x PORT=8000", "secret"),
    "root": ("USER 10001:10001\n", "", "runs as root"),
    "a user by name": ("USER 10001:10001", "USER nobody", "runs as nobody"),
    "the demonstration": ("ENVIRONMENT=production", "ENVIRONMENT=x", "ENVIRONMENT is x"),
    "only itself as its host": ("HOST=0.0.0.0", "HOST=127.0.0.1", "HOST is 127.0.0.1"),
    "no health check": ("/healthz", "/", "no HEALTHCHECK"),
    "another command": ('["ap-register", "serve"]', '["bash"]', "not ap-register serve"),
    "another entry point": ("import main", "import run", "does not run"),
    "an archive": ("COPY alembic.ini", "ADD alembic.ini", "COPY says"),
}

IN_COMPOSE: dict[str, tuple[str, str, str]] = {
    "no migrations": ("  migrate:\n    <<", "  other:\n    <<", "no service migrate"),
    "another database": ("postgres:18", "postgres:latest", "is not postgres:18"),
    "no health check": ("      test:", "      x-test:", "no health check"),
    "nothing kept": ("volumes: [", "x-volumes: [", "goes when"),
    "an open port": ("    volumes: [", "    ports: ['5432:5432']\n    volumes: [", "port is open"),
    "no waiting for the database": ("service_healthy", "service_started", "service_started"),
    "no waiting for the migrations": (
        "service_completed_successfully",
        "service_started",
        "register: waits for migrate",
    ),
    "migrations for ever": ('restart: "no"', "restart: always", "again and again"),
    "no migrating": ("[ap-register, migrate]", "[ap-register, doctor]", "does not run"),
    "a missing address": ("  DATABASE_READ_URL", "  X_READ_URL", "DATABASE_READ_URL is not set"),
    "the owner's address for everyone": (
        "  DATABASE_READ_URL",
        f"  DATABASE_OWNER_URL: postgresql://x:{PASSWORD}@database/ap\n  DATABASE_READ_URL",
        "register: DATABASE_OWNER_URL is more than it needs",
    ),
    "a password in an address": (PASSWORD, "letmein", "holds a password"),
    "a password of the database": (
        "POSTGRES_PASSWORD: ${DATABASE_OWNER_PASSWORD:?set DATABASE_OWNER_PASSWORD}",
        "POSTGRES_PASSWORD: letmein",
        "database: POSTGRES_PASSWORD holds a password",
    ),
    "a keyring that goes": (
        'volumes: ["keyring:/keyring"]',
        'tmpfs: ["/keyring"]',
        "its keyring is not on the volume",
    ),
    "a keyring elsewhere": (
        "KEYRING_FILE: /keyring/keyring.json",
        "KEYRING_FILE: /elsewhere/keyring.json",
        "its keyring is not on the volume",
    ),
    "files that go": ('"files:/data"]', '"/data"]', "its files are not on the volume"),
    "files elsewhere": (
        "FILES_URL: /data/files",
        "FILES_URL: /elsewhere",
        "its files are not on the volume",
    ),
    "nobody who does the jobs": ("  worker:", "  labourer:", "no service worker"),
    "a password that may be empty": (PASSWORD, "${DATABASE_PASSWORD}", "holds a password"),
}


def replaced(text: str, old: str, new: str) -> str:
    assert old in text, f"nothing to replace: {old}"
    return text.replace(old, new)


class TestDockerfile:
    def test_keeps_the_rules(self) -> None:
        assert dockerfile_findings(DOCKERFILE, ENTRY_POINT) == []

    @pytest.mark.parametrize(("old", "new", "said"), IN_DOCKERFILE.values(), ids=IN_DOCKERFILE)
    def test_each_planted_fault_is_found(self, old: str, new: str, said: str) -> None:
        found = dockerfile_findings(replaced(DOCKERFILE, old, new), ENTRY_POINT)

        assert [finding for finding in found if said in finding]

    def test_one_stage_is_found(self) -> None:
        start = DOCKERFILE.rindex("FROM ")

        found = dockerfile_findings(DOCKERFILE[start:], ENTRY_POINT)

        assert [finding for finding in found if "one stage only" in finding]

    def test_copies_only_what_is_there(self) -> None:
        copied = [one.rest.split()[:-1] for one in instructions(DOCKERFILE) if one.word == "COPY"]
        own = [path for paths in copied if not paths[0].startswith("--") for path in paths]

        assert own
        assert [path for path in own if not (REPOSITORY / path).exists()] == []

    def test_everything_copied_is_let_through(self) -> None:
        let_through = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
        copied = [one.rest.split()[:-1] for one in instructions(DOCKERFILE) if one.word == "COPY"]
        own = {path for paths in copied if not paths[0].startswith("--") for path in paths}

        assert "*" in let_through
        assert own == {line[1:] for line in let_through if line.startswith("!")}


class TestComposition:
    def test_keeps_the_rules(self) -> None:
        assert compose_findings(COMPOSE) == []

    @pytest.mark.parametrize(("old", "new", "said"), IN_COMPOSE.values(), ids=IN_COMPOSE)
    def test_each_planted_fault_is_found(self, old: str, new: str, said: str) -> None:
        found = compose_findings(replaced(COMPOSE, old, new))

        assert [finding for finding in found if said in finding]

    def test_names_no_service_that_is_not_there(self) -> None:
        services = yaml.safe_load(COMPOSE)["services"]

        for service in services.values():
            assert service.get("depends_on", {}).keys() <= services.keys()
