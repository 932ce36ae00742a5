"""A site of its own that embeds the widget, with the strictest rules the widget works under."""

import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

# The line of README.md, and nothing allowed beside it.
POLICY = (
    "default-src 'none'; script-src {server}; connect-src {server} {socket}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


class Site:
    """Serves `/?server=<address>&<attribute>=<value>...`: a page with the script's one line."""

    def __enter__(self) -> "Site":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def origin(self) -> str:
        """The origin that the server is told of."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def foreign_origin(self) -> str:
        """The same pages under a name that the server isn't told of."""
        return f"http://localhost:{self._server.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        address = urlsplit(self.path)
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        server = query.pop("server", None)
        if address.path != "/" or not server:
            self.send_error(404)
            return
        attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in query.items())
        body = (
            '<!doctype html><html lang="en"><head><title>Clinic</title></head>'
            f"<body><main><h1>Clinic</h1><p>{'A page of the clinic. ' * 200}</p></main>"
            f'<script src="{escape(server)}/webhooks/website/widget.js"{attributes} async></script>'
            "</body></html>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        socket = server.replace("http", "ws", 1)
        self.send_header("Content-Security-Policy", POLICY.format(server=server, socket=socket))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Stay quiet."""
