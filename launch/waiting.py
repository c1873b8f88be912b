"""The page shown in the browser while Carnet installs itself, in the browser's language."""

import html
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from launch.environment import ROOT
from launch.words import browser_language, sentence

PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="icon" href="/carnet.png">
<style>
@font-face {{ font-family: Inter; src: url(/inter.woff2); font-weight: 100 900 }}
:root {{ color-scheme: light dark; --ground: #FBFBFA; --text: #10161E; --line: #DDE2DF; --accent: #0F766E }}
@media (prefers-color-scheme: dark) {{
  :root {{ --ground: #12171C; --text: #E7ECEF; --line: #313B44; --accent: #2BB3A3 }} }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground);
  color: var(--text); font: 16px/1.6 Inter, sans-serif }}
main {{ max-width: 30rem; padding: 2rem }}
h1 {{ font-size: 1.6rem; line-height: 1.25; margin: 1rem 0 .5rem }}
progress {{ width: 100%; height: .6rem; accent-color: var(--accent); margin: 1rem 0 .25rem }}
small {{ opacity: .75 }}
</style></head><body><main>
<img src="/carnet.png" width="56" height="56" alt="">
<h1 id="title">{title}</h1><p id="intro">{intro}</p>
<progress id="bar" max="1" aria-labelledby="step"></progress>
<p id="step" role="status">&nbsp;</p><p><small id="promise">{promise}</small></p>
</main><script>
const at = id => document.getElementById(id);
let missed = 0;
function failed(title, text) {{
  at("title").textContent = title; at("intro").textContent = text;
  at("bar").remove(); at("step").remove();
}}
async function look() {{
  try {{
    const state = await (await fetch("/state", {{cache: "no-store"}})).json();
    missed = 0;
    if (state.url) return location.replace(state.url);
    if (state.failed) return failed({failed}, state.failed);
    at("step").textContent = state.step;
    if (state.share === null) at("bar").removeAttribute("value"); else at("bar").value = state.share;
  }} catch (error) {{
    if (++missed > 20) return failed({failed}, {lost});
  }}
  setTimeout(look, 500);
}}
look();
</script></body></html>
"""

FILES = {
    "/inter.woff2": ("font/woff2", ROOT / "static" / "inter-latin-wght-normal.woff2"),
    "/carnet.png": ("image/png", ROOT / "static" / "carnet.png"),
}


class WaitingPage:
    """A small server of this machine only. `say` moves it on; `ready` or `failed` ends it."""

    def __init__(self) -> None:
        self._step: tuple[str, dict[str, object]] = ("preparing", {})
        self._url: str | None = None
        self._failed: tuple[str, dict[str, object]] | None = None
        self._told = threading.Event()
        page = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                lang = browser_language(self.headers.get("Accept-Language", ""))
                kind, body = page._answer(self.path.split("?")[0], lang)
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(body)
                if self.path == "/state" and (page._url or page._failed):
                    page._told.set()

            def log_message(self, *words: Any) -> None:
                """Nothing: the terminal is for the person."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()

    def say(self, key: str, **values: object) -> None:
        """Show one step, by the key of its sentence."""
        self._step = (key, values)

    def ready(self, url: str, patience: float = 15) -> bool:
        """Send the browser to the app; whether a browser heard it within `patience` seconds."""
        self._url = url
        return self._close(patience)

    def failed(self, key: str, values: dict[str, object], patience: float = 5) -> None:
        """Show why Carnet cannot open."""
        self._failed = (key, values)
        self._close(patience)

    def _close(self, patience: float) -> bool:
        heard = self._told.wait(patience)
        self._server.shutdown()
        self._server.server_close()
        return heard

    def _answer(self, path: str, lang: str) -> tuple[str, bytes]:
        if path in FILES:
            kind, file = FILES[path]
            return kind, file.read_bytes()
        if path == "/state":
            return "application/json", json.dumps(self._state(lang)).encode()
        words = {name: html.escape(sentence(f"page_{name}", lang)) for name in ("title", "intro", "promise")}
        told = {name: _script(sentence(f"page_{name}", lang)) for name in ("failed", "lost")}
        return "text/html; charset=utf-8", PAGE.format(lang=lang, **words, **told).encode()

    def _state(self, lang: str) -> dict[str, object]:
        key, values = self._step
        done, total = values.get("done"), values.get("total")
        share = done / total if isinstance(done, int) and isinstance(total, int) and total else None
        failed = sentence(self._failed[0], lang, **self._failed[1]) if self._failed else None
        return {"step": sentence(key, lang, **values), "share": share, "url": self._url, "failed": failed}


def _script(text: str) -> str:
    """A text as a JavaScript string that cannot close its script element."""
    return json.dumps(text).replace("<", "\\u003c")
