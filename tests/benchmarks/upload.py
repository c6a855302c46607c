"""`python -m tests.benchmarks.upload [MiB]`: a large upload, cut twice, resumed; prints its time and the memory of the server."""

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from tusclient import client as tus

MIB = 2**20
ROW = b"0164A;2025-01-31;12.5\n"


def main() -> int:
    """Run it; returns 1 where bytes differ or memory is above 200 MB."""
    size = int(sys.argv[1] if len(sys.argv) > 1 else 2048) * MIB
    with tempfile.TemporaryDirectory() as folder:
        home, path = Path(folder) / "var", Path(folder) / "large.csv"
        digest = _written(path, size)
        token, port = _token(home), _free_port()
        server = _served(home, port)
        try:
            began = time.monotonic()
            url = _sent(f"http://127.0.0.1:{port}/uploads/", {"Authorization": f"Bearer {token}"}, path, size)
            spent, most = time.monotonic() - began, max(_peak(pid) for pid in _family(server.pid))
            whole = hashlib.file_digest((home / "uploads" / f"{url}.bytes").open("rb"), "sha256").hexdigest() == digest
        finally:
            server.terminate()
            server.wait()
    print(f"{size / MIB:,.0f} MiB, cut twice: {spent:.0f} s, peak of a server process {most / 1024:.0f} MB, bytes equal: {whole}")
    return 0 if whole and most < 200 * 1024 else 1


def _sent(address: str, headers: dict[str, str], path: Path, size: int) -> str:
    first = tus.TusClient(address, headers=headers).uploader(str(path), chunk_size=64 * MIB, metadata={"filename": path.name})
    first.upload(stop_at=size // 4)
    _cut(str(first.url), headers, path, first.offset)
    second = tus.TusClient(address, headers=headers).uploader(str(path), url=first.url, chunk_size=64 * MIB)
    print(f"after the first cut {second.get_offset():,} bytes are there")
    second.upload(stop_at=size // 2)
    _cut(str(first.url), headers, path, second.offset)
    third = tus.TusClient(address, headers=headers).uploader(str(path), url=first.url, chunk_size=256 * MIB)
    print(f"after the second cut {third.get_offset():,} bytes are there")
    third.upload()
    return str(first.url).rpartition("/")[2]


def _cut(url: str, headers: dict[str, str], path: Path, offset: int) -> None:
    """Send 40 MB of what was announced as more, and vanish."""
    parts, told = urlsplit(url), "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = (
        f"PATCH {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: {offset}\r\n{told}"
        f"Content-Type: application/offset+octet-stream\r\nContent-Length: {100 * MIB}\r\n\r\n"
    )
    with path.open("rb") as file, socket.create_connection((parts.hostname, parts.port)) as wire:
        file.seek(offset)
        wire.sendall(head.encode() + file.read(40 * MIB))
    time.sleep(2)


def _written(path: Path, size: int) -> str:
    digest, block = hashlib.sha256(), (ROW * (MIB // len(ROW) + 1))[:MIB]
    with path.open("wb") as file:
        for _ in range(size // MIB):
            file.write(block)
            digest.update(block)
    return digest.hexdigest()


def _token(home: Path) -> str:
    environ = {**os.environ, "QOIMA_HOME": str(home)}
    qoima = [str(Path(sys.executable).with_name("qoima"))]
    given: dict[str, Any] = {"env": environ, "check": True, "capture_output": True, "text": True}
    subprocess.run([*qoima, "account", "add", "clerk@water.kz", "--agency", "water", "--role", "editor"], **given)
    told = subprocess.run([*qoima, "account", "token", "clerk@water.kz", "--scope", "dataset:edit", "--json"], **given).stdout
    return str(json.loads(told)["token"])


def _served(home: Path, port: int) -> "subprocess.Popen[bytes]":
    command = [str(Path(sys.executable).with_name("qoima")), "serve", "--port", str(port), "--workers", "1", "--no-background"]
    server = subprocess.Popen(command, env={**os.environ, "QOIMA_HOME": str(home)}, stdout=subprocess.DEVNULL)
    for _ in range(600):
        with suppress(requests.RequestException):
            requests.get(f"http://127.0.0.1:{port}/healthz", timeout=60)
            return server
        time.sleep(0.2)
    raise RuntimeError("The server did not start.")


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _peak(pid: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) if found else 0


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
