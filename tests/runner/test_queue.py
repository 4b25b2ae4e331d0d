"""The built-in queue: ours alone, no file that could be torn, and the same for Celery and for the cache."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery
from django.core.cache.backends.redis import RedisCache

from config.settings.environment import broker, cache
from tools.runner.console import Problem
from tools.runner.processes import stop_all
from tools.runner.queue import Queue, program

TORN = {
    "dump.rdb": b"REDIS0011\xfa\tredis-v",  # a snapshot that breaks off: a server that reads it ends
    "appendonly.aof": b"*3\r\n$3\r\nSET\r\n$",
    "1700000000_2f8e.celery.msg": b"",  # what stopped the site while the queue was a folder
    "1700000001_77aa.celery.msg": b'{"body": "W10=", "hea',
    "valkey.conf": b"\x00\xff" * 50,
}


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Queue]:
    queue = Queue(tmp_path / "the queue")  # a folder whose name needs care in an address
    yield queue
    stop_all([queue.child] if queue.child else [], seconds=5)


def strew(folder: Path) -> None:
    """What a fall, a full disk or a curious person may leave."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in TORN.items():
        (folder / name).write_bytes(content)
    (folder / "appendonlydir").mkdir(exist_ok=True)
    (folder / "appendonlydir" / "appendonly.aof.manifest").write_bytes(b"file app")


def test_torn_files_in_its_folder_are_survived_with_a_sentence(
    queue: Queue, capsys: pytest.CaptureFixture[str]
) -> None:
    strew(queue.folder)
    queue.start()
    assert queue.answers()
    assert [path.name for path in queue.folder.iterdir()] == ["queue.sock"]
    assert f"Removed from {queue.folder}" in capsys.readouterr().out


def test_torn_files_that_come_while_it_runs_are_not_read(queue: Queue) -> None:
    queue.start()
    strew(queue.folder)
    with Celery(broker=broker(queue.url), set_as_current=False).connection_for_write() as sender:
        box = sender.SimpleQueue("letters")
        for number in range(50):
            box.put({"number": number})
        assert [box.get(timeout=2).payload["number"] for _ in range(50)] == list(range(50))
        box.close()
    assert queue.answers()


def test_it_is_ended_outright_and_starts_again_empty(queue: Queue) -> None:
    first = queue.start()
    first.end()
    assert not queue.answers()
    strew(queue.folder)
    assert queue.start().pid != first.pid
    assert queue.answers()


def test_the_cache_waits_for_a_queue_that_is_being_started_again(queue: Queue) -> None:
    queue.start().end()
    options = cache(queue.url)["default"]
    kept = RedisCache(options["LOCATION"], {"OPTIONS": options["OPTIONS"]})
    queue.launch()  # does not wait
    kept.set("word", "here")
    assert kept.get("word") == "here"
    assert queue.child is not None
    queue.child.end()
    queue.launch()
    assert kept.get("word") is None  # asked on a connection that has gone


def test_nobody_else_on_the_machine_can_ask_it(queue: Queue) -> None:
    queue.start()
    assert stat.S_IMODE(queue.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((queue.folder / "queue.sock").stat().st_mode) == 0o700
    with Celery(broker=broker(queue.url), set_as_current=False).connection() as connection:
        told = connection.default_channel.client.config_get("port")
    assert told["port"] == "0"


def test_a_second_run_on_the_same_folder_is_refused(queue: Queue) -> None:
    queue.start()
    with pytest.raises(Problem, match="another `make run` uses"):
        Queue(queue.folder).start()
    assert queue.answers()


def test_a_path_too_long_for_a_socket_gets_a_shorter_one(tmp_path: Path) -> None:
    queue = Queue(tmp_path / ("long" * 30))
    try:
        queue.start()
        assert queue.answers()
    finally:
        stop_all([queue.child] if queue.child else [], seconds=5)


def test_the_program_comes_with_the_packages() -> None:
    assert program().stat().st_mode & stat.S_IXUSR


@pytest.mark.parametrize(
    ("url", "celery"),
    [
        ("redis://host:6379/0", "redis://host:6379/0"),
        ("rediss://:word@host:6379/1", "rediss://:word@host:6379/1"),
        ("unix:///run/queue.sock", "redis+socket:///run/queue.sock"),
        ("unix:///run/queue.sock?db=2", "redis+socket:///run/queue.sock?virtual_host=2"),
    ],
)
def test_one_address_for_celery_and_the_cache(url: str, celery: str) -> None:
    assert broker(url) == celery
