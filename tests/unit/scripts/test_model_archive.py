"""A model is fetched whole and of the right data, or not at all, and what is there stays."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Dict, Iterator

import pytest

from scripts import train
from scripts.model_archive import FetchError, fetch, pack
from scripts.processes import free_port

CONTENT = bytes(range(256)) * 10_000
FINGERPRINT = "f" * 64
CUT, REDIRECT = "/cut.tar.gz", "/redirect.tar.gz"


class Server(ThreadingHTTPServer):
    """Serves `files` by path; below CUT only half of what it promised, from REDIRECT elsewhere."""

    files: Dict[str, bytes] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        content = self.server.files.get(self.path)
        if self.path == REDIRECT:
            self.send_response(302)
            self.send_header("Location", "http://files.example/model.tar.gz")
            self.end_headers()
        elif content is None:
            self.send_error(404)
        else:
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2] if self.path == CUT else content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    model = tmp_path / "trained" / "model.tar.gz"
    model.parent.mkdir()
    model.write_bytes(CONTENT)
    return pack(model, FINGERPRINT, tmp_path / "release")


@pytest.fixture
def server(packed: Path) -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as running:
        manifest = packed.with_name("model.tar.gz.json").read_bytes()
        for path in ("/model.tar.gz", CUT, REDIRECT):
            running.files = {**running.files, path: CONTENT, f"{path}.json": manifest}
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Where the model goes; an older one is there."""
    path = tmp_path / "models" / "bot.tar.gz"
    path.parent.mkdir()
    path.write_bytes(b"older")
    return path


def refused(source: str, model: Path, fingerprint: str = FINGERPRINT) -> str:
    """Return why nothing was fetched; what was there must be all that is."""
    with pytest.raises(FetchError) as raised:
        fetch(source, model, fingerprint)
    assert [path.name for path in model.parent.iterdir()] == [model.name]
    assert model.read_bytes() == b"older"
    return str(raised.value)


def test_a_connection_that_is_cut_leaves_nothing(server: Server, model: Path) -> None:
    assert refused(server.url + CUT, model) == (
        f"{server.url}{CUT}: cut off after 1280000 of 2560000 bytes"
    )


def test_another_hash(server: Server, model: Path) -> None:
    server.files["/model.tar.gz"] = CONTENT[:-1] + b"x"
    assert refused(f"{server.url}/model.tar.gz", model) == (
        f"{server.url}/model.tar.gz isn't the archive that its manifest describes"
    )


def test_another_fingerprint(server: Server, model: Path) -> None:
    assert refused(f"{server.url}/model.tar.gz", model, "0" * 64) == (
        f"the model at {server.url}/model.tar.gz was trained on other data or code"
    )


def test_no_archive_beside_the_manifest(server: Server, model: Path) -> None:
    del server.files["/model.tar.gz"]
    assert refused(f"{server.url}/model.tar.gz", model) == (
        f"{server.url}/model.tar.gz: the server says 404 Not Found"
    )


def test_no_manifest_and_nothing_secret_is_told(server: Server, model: Path) -> None:
    assert refused(f"{server.url}/other.tar.gz?token=secret", model) == (
        f"{server.url}/other.tar.gz.json: the server says 404 Not Found"
    )


@pytest.mark.parametrize(
    "manifest", [b"<html>", b"[]", b"\xff", json.dumps({"sha256": 1}).encode()]
)
def test_something_else_than_a_manifest(server: Server, model: Path, manifest: bytes) -> None:
    server.files["/model.tar.gz.json"] = manifest
    assert refused(f"{server.url}/model.tar.gz", model) == (
        f"{server.url}/model.tar.gz.json isn't a model's manifest"
    )


def test_nobody_listens(model: Path) -> None:
    said = refused(f"http://127.0.0.1:{free_port()}/model.tar.gz", model)
    assert "can't be reached: " in said and "refused" in said


def test_nothing_is_read_from_an_unsafe_address(model: Path) -> None:
    for address in ("http://files.example/model.tar.gz", "ftp://127.0.0.1/m", "file:///etc/passwd"):
        assert refused(address, model).endswith("is neither an https address nor a path")


def test_a_path_that_is_not_there(model: Path, tmp_path: Path) -> None:
    assert refused(str(tmp_path / "no.tar.gz"), model) == (
        f"{tmp_path}/no.tar.gz.json: No such file or directory"
    )


def test_the_right_one_from_a_server(server: Server, model: Path) -> None:
    fetch(f"{server.url}/model.tar.gz", model, FINGERPRINT)
    assert model.read_bytes() == CONTENT
    assert [path.name for path in model.parent.iterdir()] == [model.name]


def test_the_right_one_from_a_path(packed: Path, tmp_path: Path) -> None:
    fetch(str(packed), tmp_path / "new" / "bot.tar.gz", FINGERPRINT)
    assert (tmp_path / "new" / "bot.tar.gz").read_bytes() == CONTENT


@pytest.fixture
def project(tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(train, "ROOT", tmp_path)
    monkeypatch.setattr(train, "MODEL", model)
    monkeypatch.setattr(train, "FINGERPRINT", tmp_path / "models" / "bot.fingerprint")
    return tmp_path


def test_what_was_packed_here_counts_as_trained(
    project: Path, packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODEL_URL", str(pack(packed, train.fingerprint(), project / "out")))
    assert train.fetch() and train.is_trained()


@pytest.mark.parametrize(
    "value", ["nowhere.tar.gz", "http://files.example/m", "https://", "http://["]
)
def test_what_cannot_be_fetched_is_one_line(
    project: Path, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MODEL_URL", value)
    assert not train.fetch() and not train.is_trained()
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("• No model fetched: ") and value in line and "leave it empty" in line
