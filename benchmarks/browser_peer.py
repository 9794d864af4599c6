"""TensorFlow Playground as it is used: its own page, training and painting in Chromium; optional.

The page is served to the browser from a checkout that was built, with a script beside it that presses the page's button
and counts the epochs that the page shows. Nothing else of the network is reachable for the browser.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from benchmarks import SIZE, peers

PUBLISHED = 36.0
"""Epochs a second of TensorFlow Playground on 2-8-8-1, batch 10, 200 rows, measured in another browser."""
MISSING = (
    "TensorFlow Playground or Chromium is not there, its published figure is used: git clone "
    "https://github.com/tensorflow/playground .peers/playground && cd .peers/playground && npm ci && npm run build"
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 6
PAGE = (
    "activation=tanh&regularization=none&batchSize=10&dataset=xor&learningRate=0.001&noise=0&networkShape=8,8&seed=0.5"
    "&showTestData=false&discretize=false&percTrainData=40&x=true&y=true&problem=classification&hideText=true"
)
"""What is trained: 2-8-8-1 with tanh, and 40 % of the page's 500 rows, which are 200, in batches of 10."""
ROWS, WEIGHTS = 200, 2 * 8 + 8 * 8 + 8
"""What the page must show with that: points and lines."""
SWITCHES = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}


@dataclass(frozen=True)
class Trained:
    """What the page reached: epochs a second with painting, and in which browser."""

    rate: float
    browser: str


def available() -> bool:
    """Whether there are a built page and a browser for it."""
    return (_page() / "index.html").is_file() and _browser() is not None


def trained() -> Trained:
    """Let the page train for some seconds: in a window, or without one where Qt has none either."""
    browser = _browser()
    if browser is None:
        raise FileNotFoundError(MISSING)
    with _served() as (address, told), tempfile.TemporaryDirectory(prefix="neurosim-bench-") as profile:
        order = [browser, *SWITCHES, f"--user-data-dir={profile}", f"--window-size={SIZE[0]},{SIZE[1]}"]
        if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
            order.append("--headless")
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            order.append("--no-sandbox")  # it refuses to run as root otherwise
        order.append(f"{address}/?seconds={SECONDS}#{PAGE}")
        process = subprocess.Popen(order, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            found = told.get(timeout=SECONDS + 40)
        except Empty:
            raise RuntimeError("TensorFlow Playground's page told nothing: is .peers/playground/dist whole?") from None
        finally:
            process.terminate()
            process.wait(timeout=20)
    if (found["rows"], found["weights"]) != (ROWS, WEIGHTS):
        raise RuntimeError(f"the page trains other things than were asked for: {found}")
    name = re.search(r"Chrom\w*/\d+", str(found["browser"]))
    return Trained(float(found["rate"]), name.group() if name else "browser")


def _page() -> Path:
    return peers.folder() / "playground" / "dist"


def _browser() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@contextmanager
def _served() -> Iterator[tuple[str, Queue[dict[str, object]]]]:
    """Address of a server of the page, and what the page tells."""
    told: Queue[dict[str, object]] = Queue()
    script = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    files = {path.name: path.read_bytes() for path in _page().iterdir() if path.suffix in KINDS}
    page = files.pop("index.html").decode("utf-8").replace("</body>", f"<script>{script}</script></body>")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].removeprefix("/")
            body = page.encode() if not name else files.get(name)
            self._answer(404 if body is None else 200, body or b"", KINDS.get(Path(name or "index.html").suffix, ""))

        def do_POST(self) -> None:
            told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._answer(204, b"", "")

        def _answer(self, code: int, body: bytes, kind: str) -> None:
            self.send_response(code)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
