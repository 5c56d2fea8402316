"""Mutual TLS: both clients show the certificate that they were given, to a server that demands one."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from server import answer, read_request

SUBJECTS = {"server": "127.0.0.1", "client": "bookkeeper"}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority, and certificates of a server and of a client that it signed."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is missing")
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*arguments: str) -> None:
        done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Authority")
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\nauthorityKeyIdentifier=keyid\n")
    for name, subject in SUBJECTS.items():
        openssl("req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={subject}")
        signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names"]
        openssl("x509", "-req", "-in", f"{name}.csr", *signed, "-out", f"{name}.pem")
    (folder / "both.pem").write_text((folder / "client.pem").read_text() + (folder / "client.key").read_text())
    return folder


@pytest.fixture
def demanding(certificates: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server that answers with the name in the certificate of whoever asks."""
    for variable in ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"]:
        monkeypatch.setenv(variable, str(certificates / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(certificates / "ca.pem"))
    context.load_cert_chain(certificates / "server.pem", certificates / "server.key")
    context.verify_mode = ssl.CERT_REQUIRED

    def serve(listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(connection, server_side=True) as secure:
                    read_request(secure)  # type: ignore[arg-type]
                    subject: Any = secure.getpeercert()
                    name = dict(pair for part in subject["subject"] for pair in part)["commonName"]
                    secure.sendall(answer(200, {"shown": name}))
            except OSError:
                connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"


def operation() -> Any:
    from sample._runtime.operation import Operation

    return Operation(
        "getBook", "GET", "/book", security=({"mutual": ()},), responses={"200": {"application/json": lambda: dict}}
    )


@pytest.mark.parametrize(("certificate", "key"), [("client.pem", "client.key"), ("both.pem", None)])
def test_the_certificate_is_shown(make: Any, demanding: str, certificates: Path, certificate: str, key: str | None) -> None:
    files = {
        "certificate": str(certificates / certificate),
        "certificate_key": None if key is None else str(certificates / key),
    }
    with make(base_url=demanding, max_retries=0, timeout=5, **files) as client:
        assert client.call(operation()) == {"shown": "bookkeeper"}


def test_without_a_certificate_the_server_refuses(make: Any, demanding: str) -> None:
    from sample._runtime.errors import APIConnectionError

    with make(base_url=demanding, max_retries=0, timeout=5) as client, pytest.raises(APIConnectionError):
        client.call(operation())


def test_a_server_of_an_unknown_authority_is_refused(
    make: Any, demanding: str, certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sample._runtime.errors import APIConnectionError

    for variable in ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"]:
        monkeypatch.delenv(variable)
    files = {"certificate": str(certificates / "client.pem"), "certificate_key": str(certificates / "client.key")}
    with make(base_url=demanding, max_retries=0, timeout=5, **files) as client, pytest.raises(APIConnectionError):
        client.call(operation())
