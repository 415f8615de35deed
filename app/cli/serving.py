"""`ap-register serve`: the service, on its own database when none is configured."""

import asyncio
import errno
import socket
from typing import Annotated
from urllib.parse import quote

import typer
import uvicorn
from fastapi import FastAPI
from typing_extensions import override

from app import clock, log
from app.cli import demonstration as demonstration_command
from app.cli import migrating
from app.cli.output import Exit, say, stop
from app.cli.surroundings import Surroundings, database
from app.config import ConfigurationError, Environment, Settings
from app.demo.people import PERSONAS
from app.keyring.ring import load as load_keyring
from app.main import create_app

DEMONSTRATION_PROVIDERS, DEMONSTRATION_SEED = 5_000, 1


def serve(
    *,
    demonstration: Annotated[
        bool,
        typer.Option("--demonstration", help="Fill an empty register with invented providers."),
    ] = False,
    work: Annotated[
        bool, typer.Option("--work", help="Do jobs as well, for want of `ap-register work`.")
    ] = False,
) -> None:
    """Serve the register: web pages and REST.

    Without DATABASE_URL a PostgreSQL of its own is started under DATA_DIR and brought up to date.
    """
    settings = Settings.load()
    log.set_up(settings.log_format, settings.log_level)
    clock.go_ahead(settings.demonstration_days_ahead)
    if settings.environment is Environment.PRODUCTION and settings.public_url is None:
        raise ConfigurationError(
            "In production PUBLIC_URL must be set: links, cookies and tokens are bound to it."
        )
    listener = _listen(settings)
    with listener, database(settings) as reached:
        if reached.embedded and demonstration:
            demonstration_command.fill_if_empty(
                reached.settings, DEMONSTRATION_PROVIDERS, DEMONSTRATION_SEED
            )
        if not reached.embedded:
            asyncio.run(migrating.refuse_old_tables(reached.settings))
        load_keyring(reached.settings.keyring_path)  # a missing one is told of before serving
        works = reached.embedded or work
        _serve_until_stopped(create_app(reached.settings, works=works), listener, reached)
    say("Stopped; the data is kept.")


class _Server(uvicorn.Server):
    """Says where it is only once it can be reached there."""

    introduction = ""

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started and not self.should_exit:
            say(self.introduction)


def _serve_until_stopped(app: FastAPI, listener: socket.socket, reached: Surroundings) -> None:
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=True,
            forwarded_allow_ips=reached.settings.trusted_proxies,
            timeout_graceful_shutdown=10,
        )
    )
    server.introduction = _introduction(reached)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        return
    if not server.started:
        stop(Exit.SURROUNDINGS, "The service could not start; the log above says why.")


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything else is started, so that a taken one costs nothing."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(2_048)
    except OSError as error:
        listener.close()
        where = f"{settings.host}:{settings.port}"
        if error.errno == errno.EADDRINUSE:
            stop(
                Exit.SURROUNDINGS,
                f"{where} is taken by another program. Stop that one, or choose another port: "
                f"PORT={settings.port + 1} make run",
            )
        stop(Exit.SURROUNDINGS, f"{where} cannot be listened on: {error.strerror}.")
    return listener


def _introduction(reached: Surroundings) -> str:
    host = f"[{reached.settings.host}]" if ":" in reached.settings.host else reached.settings.host
    base = f"http://{host}:{reached.settings.port}"
    near = quote("CV34 5JB")
    kept = f"kept in {reached.settings.data_dir}" if reached.embedded else "as configured"
    return f"""
The register is being served (database: {kept}).

  Pages   {base}/
  JSON    {base}/v1/providers
  API     {base}/openapi.json

Worth trying:

  curl '{base}/v1/providers?q=forrest%20school&limit=2'
  curl '{base}/v1/providers?near={near}&within_miles=15&include=total&limit=1'

Reading needs no credentials. {_how_to_sign_in(reached, base)}Ctrl-C stops it.
"""


def _how_to_sign_in(reached: Surroundings, base: str) -> str:
    settings = reached.settings
    mail = "" if settings.smtp_url else f" Mail is kept in {settings.data_dir / 'mail'}."
    if not settings.may_sign_in_for_demonstration:
        return f"To work with the register, sign in at {base}/sign-in.{mail} "
    names = ", ".join(one.name for one in PERSONAS[:3])
    return (
        f"To work with a demonstration, sign in at {base}/sign-in with one click as somebody "
        f"invented ({names} …): no password.{mail} "
    )
