"""Where the bytes of evidence files lie: a folder, or a bucket. Written once, never changed."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, S3Store

from app.config import ConfigurationError, Settings
from app.files.errors import FileContentLostError, FilesFullError

PIECE_BYTES = 65_536
SHARDS = tuple(f"{number:02x}" for number in range(256))
"""The folders objects are spread over: the last two digits of their id."""
TIMEOUT_SECONDS = "15s"

_GONE = (
    "The file's content cannot be read just now. Try again later; if it stays so, tell the "
    "operator."
)


@dataclass(frozen=True, slots=True)
class FileStore:
    """A store of objects, each named for its file.

    Attributes:
        objects: where they lie.
        folder: the folder, when they lie in one of this machine's.
    """

    objects: LocalStore | S3Store
    folder: Path | None


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object found while going through the store.

    Attributes:
        key: where it lies in the store.
        file_id: the file it is named for; none, if it is not named for any.
        written_at: when it was put there.
    """

    key: str
    file_id: uuid.UUID | None
    written_at: datetime


def open_store(settings: Settings) -> FileStore:
    """Open the store of the settings; a folder is made if it is not there.

    Raises:
        ConfigurationError: the folder cannot be made, or one half of the bucket's key is missing.
    """
    url = settings.files_url
    if url is not None and url.startswith("s3://"):
        return FileStore(_bucket(settings, url), None)
    folder = (Path(url) if url else settings.data_dir / "files").absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return FileStore(LocalStore(folder), folder)
    except (OSError, BaseError):
        message = f"FILES_URL: the folder {folder} cannot be made or written."
        raise ConfigurationError(message) from None


def key_of(file_id: uuid.UUID) -> str:
    """Return where a file's object lies; nothing a sender chose is part of it."""
    return f"{file_id.hex[-2:]}/{file_id}"


async def put(store: FileStore, file_id: uuid.UUID, source: Path) -> None:
    """Put a file's bytes there, once.

    Args:
        store: where.
        file_id: the file; never used before.
        source: a file of this machine that holds the bytes.

    Raises:
        FilesFullError: it could not be written, or something lies there already.
    """
    key = key_of(file_id)
    try:
        if store.folder is not None:
            (store.folder / key).parent.mkdir(mode=0o700, exist_ok=True)
        await obstore.put_async(store.objects, key, source, mode="create", use_multipart=False)
        if store.folder is not None:
            (store.folder / key).chmod(0o600)
    except (OSError, BaseError) as failure:
        raise FilesFullError(
            "The file could not be put away. Nothing was kept of it; send it again later.",
            headers={"Retry-After": "60"},
        ) from failure


async def put_pieces(store: FileStore, key: str, pieces: AsyncIterator[bytes]) -> None:
    """Put an object there as its bytes come, whole or not at all; for what may be large.

    Args:
        store: where.
        key: where it lies in the store; outside the shards, and never used before.
        pieces: the bytes.

    Raises:
        FilesFullError: it could not be written.
    """
    try:
        if store.folder is not None:
            (store.folder / key).parent.mkdir(mode=0o700, exist_ok=True)
        await obstore.put_async(store.objects, key, pieces, max_concurrency=2)
    except (OSError, BaseError) as failure:
        raise FilesFullError("The file could not be put away; nothing was kept of it.") from failure


def read(store: FileStore, file_id: uuid.UUID) -> AsyncIterator[bytes]:
    """Yield a file's bytes, piece by piece.

    Raises:
        FileContentLostError: they are not there, or cannot be read.
    """
    return read_object(store, key_of(file_id))


async def read_object(store: FileStore, key: str) -> AsyncGenerator[bytes, None]:
    """Yield an object's bytes, piece by piece.

    Raises:
        FileContentLostError: they are not there, or cannot be read.
    """
    try:
        found = await obstore.get_async(store.objects, key)
        async for piece in found.stream(min_chunk_size=PIECE_BYTES):
            yield bytes(piece)
    except (OSError, BaseError) as failure:
        raise FileContentLostError(_GONE) from failure


async def size_of(store: FileStore, file_id: uuid.UUID) -> int:
    """Return how many bytes of a file are there.

    Raises:
        FileContentLostError: none are.
    """
    return await size_of_object(store, key_of(file_id))


async def size_of_object(store: FileStore, key: str) -> int:
    """Return how many bytes of an object are there.

    Raises:
        FileContentLostError: none are.
    """
    try:
        return int((await obstore.head_async(store.objects, key))["size"])
    except (OSError, BaseError) as failure:
        raise FileContentLostError(_GONE) from failure


async def remove(store: FileStore, *keys: str) -> None:
    """Remove objects; those that are gone already do no harm."""
    for key in keys:
        with suppress(NotFoundError, FileNotFoundError):
            await obstore.delete_async(store.objects, key)


async def objects_in(store: FileStore, shard: str) -> AsyncIterator[Sequence[StoredObject]]:
    """Yield the objects of one shard, or under any other prefix, some at a time."""
    async for found in obstore.list(store.objects, prefix=shard, chunk_size=500):
        yield [
            StoredObject(one["path"], _file_of(one["path"]), one["last_modified"]) for one in found
        ]


async def remove_unfinished(store: FileStore, prefix: str, before: datetime) -> None:
    """Remove what `put_pieces` left half written under a prefix, when it was killed before a time.

    A folder keeps each half beside its place, with a mark that listings leave out. In a bucket they
    are the bucket's own: a rule of its life cycle ends multipart uploads that were given up.
    """
    if store.folder is not None:
        await asyncio.to_thread(_remove_halves, store.folder / prefix, before.timestamp())


def _remove_halves(folder: Path, before: float) -> None:
    for path in folder.glob("*#*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()


async def check(store: FileStore) -> None:
    """Write something, read it, and take it away again.

    Raises:
        FilesFullError: it could not be written, read or removed.
    """
    key = f"checks/{uuid.uuid4()}"
    try:
        async with asyncio.timeout(20):
            await obstore.put_async(store.objects, key, b"check", mode="create")
            held = await (await obstore.get_async(store.objects, key)).bytes_async()
            await obstore.delete_async(store.objects, key)
    except (OSError, BaseError) as failure:
        raise FilesFullError("cannot be written, read and removed again") from failure
    if bytes(held) != b"check":
        raise FilesFullError("gives back other bytes than were written")


def _bucket(settings: Settings, url: str) -> S3Store:
    parts = urlsplit(url)
    endpoint, region = settings.files_s3_endpoint, settings.files_s3_region
    key, secret = settings.files_s3_access_key_id, settings.files_s3_secret_access_key
    if (key is None) != (secret is None):
        message = "FILES_S3_ACCESS_KEY_ID and FILES_S3_SECRET_ACCESS_KEY need each other."
        raise ConfigurationError(message)
    config: dict[str, str | bool] = {"virtual_hosted_style_request": endpoint is None}
    config |= {"endpoint": endpoint} if endpoint else {}
    config |= {"region": region} if region else {}
    if key is not None and secret is not None:
        config |= {
            "access_key_id": key.get_secret_value(),
            "secret_access_key": secret.get_secret_value(),
        }
    return S3Store(
        parts.hostname,
        prefix=parts.path.strip("/") or None,
        config=config,  # type: ignore[arg-type]
        client_options={
            "timeout": TIMEOUT_SECONDS,
            "connect_timeout": "5s",
            "allow_http": bool(endpoint and endpoint.startswith("http://")),
        },
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=15)},
    )


def _file_of(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key.rpartition("/")[2])
    except ValueError:
        return None
