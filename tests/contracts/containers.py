"""Rules for the image and for the composition: from a file's text to findings."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

BASE = re.compile(r"(?:python:3\.11-slim|node:24-slim)(?:@sha256:[0-9a-f]{64})?")
PRODUCTION = {"ENVIRONMENT": "production", "HOST": "0.0.0.0"}  # noqa: S104 - inside the container

_PASSWORD = re.compile(r"PASSWORD|SECRET|TOKEN|_KEY\b", re.IGNORECASE)
_FROM_ENVIRONMENT = re.compile(r"\$\{(\w+):\?set \1\}")
_LOGIN = re.compile(r"://[^:/@]+:([^@]+)@")


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of a Dockerfile, its continued lines joined.

    Attributes:
        word: such as `RUN`.
        rest: what follows it.
        stage: which `FROM` it stands under, from nought.
    """

    word: str
    rest: str
    stage: int


def instructions(dockerfile: str) -> list[Instruction]:
    """Read a Dockerfile; comments are left out."""
    kept = [line for line in dockerfile.splitlines() if not line.lstrip().startswith("#")]
    read: list[Instruction] = []
    stage = -1
    for line in "\n".join(kept).replace("\\\n", " ").splitlines():
        word, _, rest = line.strip().partition(" ")
        stage += word.upper() == "FROM"
        if word:
            read.append(Instruction(word.upper(), " ".join(rest.split()), stage))
    return read


def dockerfile_findings(dockerfile: str, entry_point: str) -> list[str]:
    """Return what is wrong with a Dockerfile.

    Args:
        dockerfile: its text.
        entry_point: what `ap-register` runs, as `pyproject.toml` names it: `module:function`.
    """
    read = instructions(dockerfile)
    last = [one for one in read if one.stage == read[-1].stage]
    return [
        *_stages(read),
        *_installs(read),
        *_secrets(read),
        *_final_stage(last),
        *_command(last, entry_point),
    ]


def _stages(read: list[Instruction]) -> Iterator[str]:
    bases = [one.rest.split(" ")[0] for one in read if one.word == "FROM"]
    if len(bases) < 2:
        yield "one stage only: what builds the image would stay in it"
    for base in bases:
        if not BASE.fullmatch(base):
            yield f"{base} is not one of the known bases"
    for one in read:
        if one.word == "ADD":
            yield f"ADD {one.rest}: ADD fetches and unpacks; COPY says what it does"


def _installs(read: list[Instruction]) -> Iterator[str]:
    runs = [one.rest for one in read if one.word == "RUN"]
    for command in (part.strip() for run in runs for part in re.split(r"&&|;|\|", run)):
        if re.search(r"\bpip3? install\b", command) and "--require-hashes" not in command:
            yield f"{command}: installs without checking hashes"
    if not any("--require-hashes -r requirements.lock" in run for run in runs):
        yield "requirements.lock is not installed"
    if not any("-m app.pages.assets" in run for run in runs):
        yield "the front-end files are not built"


def _secrets(read: list[Instruction]) -> Iterator[str]:
    for one in read:
        if one.word in {"ENV", "ARG"} and _PASSWORD.search(one.rest):
            yield f"{one.word} {one.rest}: a secret in an image is a secret published"


def _final_stage(last: list[Instruction]) -> Iterator[str]:
    users = [one.rest for one in last if one.word == "USER"]
    if not users or not re.fullmatch(r"[1-9]\d{3,}(?::[1-9]\d{3,})?", users[-1]):
        yield f"runs as {users[-1] if users else 'root'}; a fixed number above 1000 is wanted"
    settings = dict(
        pair.partition("=")[::2]
        for one in last
        if one.word == "ENV"
        for pair in shlex.split(one.rest)
    )
    for name, value in PRODUCTION.items():
        if settings.get(name) != value:
            yield f"{name} is {settings.get(name)}, not {value}"
    checks = [one.rest for one in last if one.word == "HEALTHCHECK"]
    if not checks or "urllib" not in checks[-1] or "/healthz" not in checks[-1]:
        yield "no HEALTHCHECK that asks /healthz with Python"


def _command(last: list[Instruction], entry_point: str) -> Iterator[str]:
    commands = [one.rest for one in last if one.word in {"CMD", "ENTRYPOINT"}]
    if commands != ['["ap-register", "serve"]']:
        yield f"starts {commands}, not ap-register serve"
    module, _, function = entry_point.partition(":")
    wanted = f"'from {module} import {function}' '{function}()'"
    if not any(wanted in one.rest for one in last if one.word == "RUN"):
        yield f"ap-register does not run {entry_point}"


def compose_findings(text: str) -> list[str]:
    """Return what is wrong with a compose file."""
    composition = yaml.safe_load(text)
    services = composition.get("services", {})
    missing = sorted({"database", "keyring", "migrate", "register", "worker"} - services.keys())
    if missing:
        return [f"no service {name}" for name in missing]
    return [
        *_database(composition, services["database"]),
        *_order(services),
        *_addresses(services),
        *_keyring(composition, services),
        *_files(composition, services),
        *(found for name, service in services.items() for found in _passwords(name, service)),
    ]


def _database(composition: dict[str, Any], database: dict[str, Any]) -> Iterator[str]:
    if database.get("image") != "postgres:18":
        yield f"database: {database.get('image')} is not postgres:18"
    if "test" not in database.get("healthcheck", {}):
        yield "database: no health check, so nothing can wait for it"
    if "ports" in database:
        yield "database: a port is open to the machine's network"
    kept = {volume.partition(":")[0] for volume in database.get("volumes", ())}
    if not kept & composition.get("volumes", {}).keys():
        yield "database: what it holds goes when the container goes"


def _order(services: dict[str, Any]) -> Iterator[str]:
    wanted = (
        ("migrate", "database", "service_healthy"),
        ("register", "migrate", "service_completed_successfully"),
        ("register", "keyring", "service_completed_successfully"),
        ("worker", "migrate", "service_completed_successfully"),
        ("worker", "keyring", "service_completed_successfully"),
    )
    for service, before, condition in wanted:
        depends = services[service].get("depends_on", {})
        found = depends.get(before, {}).get("condition") if isinstance(depends, dict) else None
        if found != condition:
            yield f"{service}: waits for {before} to be {found}, not {condition}"
    if services["migrate"].get("command") != ["ap-register", "migrate"]:
        yield "migrate: does not run ap-register migrate"
    if services["migrate"].get("restart", "no") != "no":
        yield "migrate: would run again and again"


def _addresses(services: dict[str, Any]) -> Iterator[str]:
    service = {"DATABASE_URL", "DATABASE_READ_URL"}
    for name, wanted in (
        ("register", service),
        ("worker", service),
        ("migrate", service | {"DATABASE_OWNER_URL"}),
    ):
        given = {key for key in services[name].get("environment", {}) if key.startswith("DATABASE")}
        for key in sorted(wanted - given):
            yield f"{name}: {key} is not set"
        for key in sorted(given - wanted):
            yield f"{name}: {key} is more than it needs"


def _keyring(composition: dict[str, Any], services: dict[str, Any]) -> Iterator[str]:
    """What is sealed under a keyring that goes with its container is lost."""
    if "keyring" not in composition.get("volumes", {}):
        yield "keyring: it goes when the container goes"
    for name in ("keyring", "register", "worker"):
        place = str(services[name].get("environment", {}).get("KEYRING_FILE", ""))
        mounted = dict(
            volume.split(":")[:2] for volume in services[name].get("volumes", ()) if ":" in volume
        )
        if not place.startswith(f"{mounted.get('keyring', 'nowhere')}/"):
            yield f"{name}: its keyring is not on the volume"


def _files(composition: dict[str, Any], services: dict[str, Any]) -> Iterator[str]:
    """Whoever takes files in, and whoever scans them later, must see the same ones."""
    if "files" not in composition.get("volumes", {}):
        yield "files: they go when the container goes"
    for name in ("register", "worker"):
        place = str(services[name].get("environment", {}).get("FILES_URL"))
        mounted = dict(
            volume.split(":")[:2] for volume in services[name].get("volumes", ()) if ":" in volume
        )
        if not place.startswith(f"{mounted.get('files', 'nowhere')}/"):
            yield f"{name}: its files are not on the volume"


def _passwords(name: str, service: dict[str, Any]) -> Iterator[str]:
    for key, value in service.get("environment", {}).items():
        secrets = [value] if _PASSWORD.search(key) else _LOGIN.findall(str(value))
        for secret in secrets:
            if not _FROM_ENVIRONMENT.fullmatch(str(secret)):
                yield f"{name}: {key} holds a password; write ${{NAME:?set NAME}} instead"
