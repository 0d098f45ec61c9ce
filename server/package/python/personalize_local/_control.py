"""One call under /_local/ of a server. It goes past proxies, and waits as long as the server does."""

from __future__ import annotations

import http.client
import json
from typing import Any, Mapping, Optional, Union
from urllib.parse import urlencode, urlsplit

Query = Mapping[str, Union[str, int, bool, None]]


class ControlError(Exception):
    """The server refused a call, or did not answer it: then `status` is None."""

    def __init__(self, call: str, status: Optional[int], answer: Mapping[str, Any]) -> None:
        problem = answer.get("error", answer)
        super().__init__(f"{call}: {problem}" if status is None else f"{call}: {status}, {problem}")
        self.status = status
        self.answer = answer


def _text_of(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _connection(endpoint: str) -> http.client.HTTPConnection:
    url = urlsplit(endpoint)
    if url.scheme == "https":
        return http.client.HTTPSConnection(url.hostname or "", url.port)
    return http.client.HTTPConnection(url.hostname or "", url.port)


def control(
    endpoint: str,
    method: str,
    path: str,
    query: Optional[Query] = None,
    body: Any = None,
    content_type: Optional[str] = None,
) -> Any:
    """The answer of a call: parsed if it is JSON, else as text. A body is sent as JSON, a text as it is."""
    pairs = {name: _text_of(value) for name, value in (query or {}).items() if value is not None}
    where = f"/_local/{path}"
    if pairs:
        where += ("&" if "?" in where else "?") + urlencode(pairs)
    text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
    call = f"{method} {endpoint}{where}"
    connection = _connection(endpoint)
    try:
        headers = {"Content-Type": content_type} if content_type else {}
        connection.request(method, where, text.encode(), headers)
        response = connection.getresponse()
        answered = response.read().decode()
    except (OSError, http.client.HTTPException) as error:
        raise ControlError(call, None, {"error": str(error) or repr(error)}) from error
    finally:
        connection.close()
    is_json = (response.getheader("content-type") or "").startswith("application/json")
    answer = json.loads(answered) if is_json else answered
    if response.status >= 400:
        raise ControlError(call, response.status, answer if is_json else {"error": answered})
    return answer
