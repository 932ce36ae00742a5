"""What the stand-ins for messaging apps' providers have in common."""

import threading
from http.server import HTTPServer
from typing import Any, Callable, Dict, List

from typing_extensions import Self

_PATIENCE = 60.0

Message = Dict[str, Any]


class StandIn:
    """A provider's API on a port of this machine; use it as a context manager."""

    def __init__(self, http: HTTPServer) -> None:
        """`http` answers the requests; what it changes here it changes inside `_news`."""
        self.sent: List[Message] = []
        self._is_down = False
        self._news = threading.Condition()
        self._http = http
        self.url = f"http://127.0.0.1:{http.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    @property
    def down(self) -> bool:
        """Whether everything is answered as the provider's front does with nothing behind it."""
        return self._is_down

    @down.setter
    def down(self, value: bool) -> None:
        with self._news:
            self._is_down = value

    def wait(self, condition: Callable[[], Any], seconds: float = _PATIENCE) -> None:
        """Wait until a condition over what was sent holds; fails the test when it never does."""
        with self._news:
            assert self._news.wait_for(condition, seconds), f"waited too long: {self.sent[-3:]}"
