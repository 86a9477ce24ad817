"""An S3-compatible object store (SeaweedFS) that may be stopped and started again."""

from __future__ import annotations

import json
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.servers.ports import free_port

_PATIENCE = 120.0
_BUCKET = "pages"


def program() -> Path | None:
    """`weed`, beside the interpreter or on the path."""
    beside = Path(sys.executable).with_name("weed")
    found = str(beside) if beside.exists() else shutil.which("weed")
    return Path(found) if found else None


class SeaweedFS:
    """Keeps one bucket. Takes some seconds to start and some hundreds of megabytes of memory."""

    bucket = _BUCKET

    def __init__(self) -> None:
        self._weed = program()
        if self._weed is None:
            raise FileNotFoundError("SeaweedFS is not installed")
        self._process: subprocess.Popen[bytes] | None = None
        self._root = Path(tempfile.mkdtemp(prefix="seaweed-"))
        (self._root / "data").mkdir()
        self.access_key, self.secret_key = secrets.token_hex(8), secrets.token_hex(16)
        identity = {
            "name": "hub",
            "credentials": [{"accessKey": self.access_key, "secretKey": self.secret_key}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
        (self._root / "s3.json").write_text(json.dumps({"identities": [identity]}))
        # A server's second port is 10,000 above its first unless told otherwise.
        names = ("master", "volume", "filer", "s3")
        self._ports = {name: (free_port(), free_port()) for name in names}
        self.endpoint = f"http://127.0.0.1:{self._ports['s3'][0]}"
        self.start()

    def start(self) -> None:
        """Start and wait until the bucket takes objects."""
        ports = [
            word
            for name, (http, grpc) in self._ports.items()
            for word in (f"-{name}.port={http}", f"-{name}.port.grpc={grpc}")
        ]
        told = ["-s3", f"-s3.config={self._root}/s3.json", "-s3.autoCreateBucket"]
        told += ["-s3.port.iceberg=0", "-s3.port.lance=0"]
        small = ["-master.volumeSizeLimitMB=64", "-volume.max=20", "-master.telemetry=false", "-ip=127.0.0.1"]
        with (self._root / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._weed), "server", f"-dir={self._root}/data", *told, *small, *ports],
                stdout=log,
                stderr=log,
                cwd=self._root,
            )
        ends = time.monotonic() + _PATIENCE
        while not self._takes_objects():
            if self._process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError((self._root / "log").read_text()[-4000:])
            time.sleep(0.25)

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(30)
            self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self._root, ignore_errors=True)

    def _takes_objects(self) -> bool:
        import obstore
        from obstore.exceptions import BaseError
        from obstore.store import S3Store

        store = S3Store(
            _BUCKET,
            endpoint=self.endpoint,
            region="us-east-1",
            access_key_id=self.access_key,
            secret_access_key=self.secret_key,
            virtual_hosted_style_request=False,
            client_options={"allow_http": True, "timeout": "5s"},
            retry_config={"max_retries": 0},
        )
        try:
            obstore.put(store, "ready", b"ready")
        except BaseError:
            return False
        return True
