import os
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from app import clock
from app.config import ConfigurationError, Settings
from app.files import store
from app.files.errors import FileContentLostError, FilesFullError
from app.files.store import FileStore, open_store
from app.values.uuid7 import uuid7
from tests.cli.services import free_port

KEY, SECRET = "example", "hunter2"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 service with one bucket, in a process of its own."""
    address = f"http://127.0.0.1:{free_port()}"
    port = address.rpartition(":")[2]
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", port],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait_for(address)
            httpx.put(f"{address}/evidence").raise_for_status()
            yield address
        finally:
            process.terminate()


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return


def bucket(address: str, name: str = "evidence") -> FileStore:
    return open_store(
        Settings(
            files_url=f"s3://{name}/somewhere/deep",
            files_s3_endpoint=address,
            files_s3_region="eu-west-2",
            files_s3_access_key_id=SecretStr(KEY),
            files_s3_secret_access_key=SecretStr(SECRET),
        )
    )


@pytest.fixture(params=["folder", "bucket"])
def held(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """Either kind of store."""
    if request.param == "folder":
        return open_store(Settings(data_dir=tmp_path))
    return bucket(request.getfixturevalue("s3"))


async def put(held: FileStore, folder: Path, data: bytes) -> uuid.UUID:
    source = folder / "source"
    source.write_bytes(data)
    file_id = uuid7()
    await store.put(held, file_id, source)
    return file_id


async def read(held: FileStore, file_id: uuid.UUID) -> bytes:
    return b"".join([piece async for piece in store.read(held, file_id)])


async def test_what_was_put_there_is_there(held: FileStore, tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    file_id = await put(held, tmp_path, data)

    assert await read(held, file_id) == data
    assert await store.size_of(held, file_id) == len(data)


async def test_nothing_is_written_over(held: FileStore, tmp_path: Path) -> None:
    file_id = await put(held, tmp_path, b"first")
    (tmp_path / "source").write_bytes(b"second")

    with pytest.raises(FilesFullError):
        await store.put(held, file_id, tmp_path / "source")

    assert await read(held, file_id) == b"first"


async def test_what_is_not_there_is_lost(held: FileStore) -> None:
    with pytest.raises(FileContentLostError):
        await read(held, uuid7())
    with pytest.raises(FileContentLostError):
        await store.size_of(held, uuid7())


async def test_what_was_removed_is_gone_and_removing_it_again_does_no_harm(
    held: FileStore, tmp_path: Path
) -> None:
    file_id = await put(held, tmp_path, b"some")
    for _ in range(2):
        await store.remove(held, store.key_of(file_id))

    with pytest.raises(FileContentLostError):
        await read(held, file_id)


async def test_a_shard_names_what_lies_in_it(held: FileStore, tmp_path: Path) -> None:
    file_id = await put(held, tmp_path, b"some")
    shard = store.key_of(file_id).partition("/")[0]
    found = [one async for some in store.objects_in(held, shard) for one in some]

    assert (store.key_of(file_id), file_id) in [(one.key, one.file_id) for one in found]
    assert shard in store.SHARDS


async def test_what_comes_in_pieces_is_there_whole_or_not_at_all(held: FileStore) -> None:
    pieces = [os.urandom(1_000_000) for _ in range(12)]

    async def coming(*, breaks: bool) -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece
        if breaks:
            raise LookupError("broken off")

    await store.put_pieces(held, "large/whole", coming(breaks=False))
    with pytest.raises(LookupError, match="broken off"):
        await store.put_pieces(held, "large/broken", coming(breaks=True))

    told = [piece async for piece in store.read_object(held, "large/whole")]
    assert b"".join(told) == b"".join(pieces)
    assert await store.size_of_object(held, "large/whole") == 12_000_000
    with pytest.raises(FileContentLostError):
        await store.size_of_object(held, "large/broken")
    await store.remove_unfinished(held, "large", clock.now() + timedelta(days=1))
    if held.folder is not None:
        assert [path.name for path in (held.folder / "large").iterdir()] == ["whole"]


async def test_a_store_that_works_passes_its_check(held: FileStore) -> None:
    await store.check(held)


async def test_a_bucket_that_is_not_there_fails_it(s3: str) -> None:
    with pytest.raises(FilesFullError):
        await store.check(bucket(s3, "elsewhere"))


async def test_a_file_is_never_kept_in_half(s3: str, tmp_path: Path) -> None:
    away = bucket(f"http://127.0.0.1:{free_port()}")

    with pytest.raises(FilesFullError) as refused:
        await put(away, tmp_path, b"some")

    assert refused.value.headers["Retry-After"]


def test_a_folder_that_cannot_be_made_is_told_at_start(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")

    with pytest.raises(ConfigurationError, match="FILES_URL"):
        open_store(Settings(files_url=str(tmp_path / "taken" / "files")))


def test_half_a_key_is_told_at_start() -> None:
    with pytest.raises(ConfigurationError, match="need each other"):
        open_store(Settings(files_url="s3://bucket", files_s3_access_key_id=SecretStr(KEY)))
