"""The browser that tests bring where the machine has none."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

import brotli
import pytest

from govuk.node import Node
from tests.plugins import chromium

WHERE = b"#!/bin/sh\necho $LD_LIBRARY_PATH $@\n"


def packed(**files: bytes) -> bytes:
    """A tar file in memory; two underscores in a name stand for a full stop, one for a slash."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name, content in files.items():
            info = tarfile.TarInfo(name.replace("__", ".").replace("_", "/"))
            info.size = len(content)
            made.addfile(info, io.BytesIO(content))
    return out.getvalue()


def npm(*words: str) -> Node:
    """An npm that is a program of ours."""
    return Node(("true",), words)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the browser goes, on a machine that has none."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "NAMES", ("no-such-browser",))
    monkeypatch.setattr(chromium, "FOLDER", tmp_path / "chromium-0")
    return tmp_path / "chromium-0"


def test_the_machines_own_comes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "NAMES", ("no-such-browser", "sh"))
    assert chromium.find_chromium() == chromium.installed() != ""
    assert not folder.exists()


def test_a_browser_that_is_named_has_to_be_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    with pytest.raises(chromium.NoBrowser, match="CHROMIUM=/no/such/browser is no program"):
        chromium.find_chromium()


def test_the_package_is_unpacked_once_and_starts_with_its_libraries(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = brotli.compress(packed(lib_one__so=b"x"))
    program = brotli.compress(WHERE)
    package = packed(package_bin_chromium__br=program, package_bin_al2023__tar__br=libraries)
    fetches: list[int] = []
    monkeypatch.setattr(chromium, "fetched", lambda: fetches.append(1) or package)
    found = chromium.find_chromium()
    assert chromium.find_chromium() == found
    assert fetches == [1]
    said = subprocess.run([found, "--flag"], capture_output=True, text=True, check=True).stdout
    assert said.split() == [f"{folder}/libraries/lib", "--flag"]
    assert (folder / "libraries" / "lib" / "one.so").exists()


def test_what_npm_says_is_the_reason(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = npm("sh", "-c", "echo no network >&2; exit 1")
    monkeypatch.setattr(chromium, "find_node", lambda: broken)
    with pytest.raises(chromium.NoBrowser, match="no network"):
        chromium.find_chromium()


def test_another_package_than_the_one_tried_is_not_started(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "find_node", lambda: npm("sh", "-c", "echo other > other.tgz"))
    with pytest.raises(chromium.NoBrowser, match="checksum differs"):
        chromium.find_chromium()
    assert not folder.exists()


def test_on_other_machines_the_reason_is_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    with pytest.raises(chromium.NoBrowser, match="Linux on x86_64 only"):
        chromium.find_chromium()
