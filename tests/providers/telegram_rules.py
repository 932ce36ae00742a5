"""What Telegram refuses, with its codes and words (https://core.telegram.org/bots/api)."""

import html.parser
import json
import re
import urllib.parse
from typing import Any, Dict, List, Optional, Tuple

_MOST_UNITS, _MOST_BYTES = 4096, 64
_ENTITIES = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold",
    "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
    "code", "pre", "text_link", "text_mention", "custom_emoji", "date_time",
}  # fmt: skip
_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "s": "strikethrough", "code": "code", "pre": "pre", "a": "text_link",
    "blockquote": "blockquote",
}  # fmt: skip
_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
}  # fmt: skip
_PORTS = (None, 443, 80, 88, 8443)
_ALLOWED = re.compile(r"[A-Za-z0-9_-]*")

Entity = Dict[str, Any]


class RefusedError(Exception):
    """An answer that isn't `ok`."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


def _bad(reason: str) -> RefusedError:
    return RefusedError(400, f"Bad Request: {reason}")


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


def value_of(given: Any) -> Any:
    """Return a parameter that may come as JSON in a text."""
    if not isinstance(given, str):
        return given
    try:
        return json.loads(given)
    except ValueError:
        raise _bad("can't parse JSON object") from None


def check_text(parameters: Dict[str, Any]) -> Tuple[str, List[Entity]]:
    """Return the text to show and its entities. Raises RefusedError."""
    given = str(parameters.get("text") or "")
    mode = str(parameters.get("parse_mode") or "")
    if mode.lower() == "html":
        text, entities = _parsed(given)
    elif mode:
        raise _bad("unsupported parse_mode")
    else:
        text, entities = given, value_of(parameters.get("entities") or "[]")
        _check_entities(text, entities)
    if not text.strip():
        raise _bad("message text is empty")
    if units(text) > _MOST_UNITS:
        raise _bad("message is too long")
    return text, entities


def check_keyboard(given: Any) -> Optional[Dict[str, Any]]:
    """Return an inline keyboard. Raises RefusedError."""
    markup = value_of(given) if given else None
    if markup is None:
        return None
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list):
        raise _bad("object expected as reply markup")
    for button in (button for row in rows for button in row):
        if not str(button.get("text") or "").strip():
            raise _bad("can't parse inline keyboard button: Text is empty")
        if ("callback_data" in button) == ("url" in button):
            raise _bad("can't parse inline keyboard button: Text buttons are unallowed")
        if "url" not in button and not 1 <= len(button["callback_data"].encode()) <= _MOST_BYTES:
            raise _bad("BUTTON_DATA_INVALID")
    return dict(markup)


def check_chat_action(parameters: Dict[str, Any]) -> None:
    """Raise RefusedError for an action there is none of."""
    if parameters.get("action") not in _ACTIONS:
        raise _bad("wrong parameter action in request")


def check_webhook(parameters: Dict[str, Any]) -> Tuple[str, str, List[str]]:
    """Return address, secret and kinds of updates of a webhook. Raises RefusedError."""
    url = str(parameters.get("url") or "")
    secret = str(parameters.get("secret_token") or "")
    parts = urllib.parse.urlsplit(url)
    if url and (parts.scheme != "https" or not parts.hostname):
        raise _bad("bad webhook: An HTTPS URL must be provided for webhook")
    if url and parts.port not in _PORTS:
        raise _bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > 256:
        raise _bad("secret token is too long")
    if not _ALLOWED.fullmatch(secret):
        raise _bad("secret token contains unallowed characters")
    allowed = value_of(parameters.get("allowed_updates") or "[]")
    if not isinstance(allowed, list):
        raise _bad("can't parse allowed updates")
    return url, secret, allowed


def _check_entities(text: str, entities: Any) -> None:
    if not isinstance(entities, list):
        raise _bad("can't parse entities: expected an Array of MessageEntity")
    ends = [0]
    for character in text:
        ends.append(ends[-1] + units(character))
    borders = set(ends)
    for entity in entities:
        if entity.get("type") not in _ENTITIES:
            raise _bad("can't parse MessageEntity: unsupported type specified")
        offset, length = int(entity["offset"]), int(entity["length"])
        if entity["type"] == "text_link" and not entity.get("url"):
            raise _bad("can't parse MessageEntity: Can't find field url")
        if offset < 0 or length < 0:
            raise _bad(f"receive an entity with incorrect offset {offset} or length {length}")
        if offset + length > ends[-1]:
            place = f"ends after the end of the text at UTF-16 offset {offset + length}"
            raise _bad(f"entity beginning at UTF-16 offset {offset} {place}")
        if offset not in borders:
            raise _bad("entity begins in a middle of a UTF-16 symbol")
        if offset + length not in borders:
            place = "ends in a middle of a UTF-16 symbol"
            raise _bad(f"entity beginning at UTF-16 offset {offset} {place}")


class _Markup(html.parser.HTMLParser):
    """Reads a text with tags, strictly."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: List[Entity] = []
        self._open: List[Tuple[str, Entity]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in _TAGS:
            raise _bad(f'can\'t parse entities: Unsupported start tag "{tag}"')
        entity: Entity = {"type": _TAGS[tag], "offset": units(self.text)}
        if tag == "a":
            entity["url"] = dict(attrs).get("href")
        self._open.append((tag, entity))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise _bad("can't parse entities: Unmatched end tag")
        _, entity = self._open.pop()
        entity["length"] = units(self.text) - entity["offset"]
        self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        self.text += data

    def finish(self) -> None:
        self.close()
        if self._open:
            tag = self._open[-1][0]
            raise _bad(f"can't parse entities: Can't find end tag corresponding to \"{tag}\"")


def _parsed(given: str) -> Tuple[str, List[Entity]]:
    markup = _Markup()
    markup.feed(given)
    markup.finish()
    return markup.text, sorted(markup.entities, key=lambda entity: int(entity["offset"]))
