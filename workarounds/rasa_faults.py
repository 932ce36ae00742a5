"""Faults of Rasa 3.6.21 (the last open-source release) that the bot can't live with.

| what | why | when it can go |
| --- | --- | --- |
| `refuse_tensorflow` | a component that needs TensorFlow fails deep inside with a nonsense error | with `no_tensorflow` |
| `check_action_results_once` | `jsonschema.validate` checks its own schema on every custom action: measured 31 of 42 ms CPU a message | when RemoteAction keeps a validator |
| `find_event_types_once` | every stored event looks through all subclasses of Event, twice: 2 ms a message | when `resolve_by_type` keeps a table |
| `never_silent` | when the action server is down, hangs or fails, Rasa says nothing at all to the visitor (HTTP 200, `[]`); it also waits up to 5 minutes | when RemoteAction reports failures to the dialogue |
| `no_visitor_text_in_logs` | structlog's tracebacks print all local variables, visitors' messages among them | when Rasa configures `show_locals=False` |
| `plain_shell` | with buttons, `rasa shell` opens a menu that swallows the next typed question, prints the reply's JSON over many lines, and ends piped input or Ctrl-D with a traceback | when the shell can show buttons beside a free prompt |
| `quiet_sanic` | Sanic 21 turns on deprecation warnings for the whole process: ten lines before the first question | when Rasa allows a newer Sanic |

What concerns training is in `workarounds.training`. The event cap and SQLite's settings are in
`storage.tracker_store`, which Rasa's own extension point (`tracker_store: type:` in endpoints.yml)
loads.
"""

import asyncio
import contextlib
import functools
import logging
import sys
import warnings
from types import ModuleType
from typing import Any, Dict, List, Optional, cast

import settings
from workarounds import no_tensorflow, training

logger = logging.getLogger(__name__)


def refuse_tensorflow(validation: ModuleType) -> None:
    """Refuse a configured component that needs TensorFlow, in words that help."""
    original = validation._validate_required_packages

    def validate(node: Any) -> None:
        if no_tensorflow.is_left_out(node.uses):
            raise validation.GraphSchemaValidationException(
                no_tensorflow.NEEDS_TENSORFLOW.format(component=node.uses.__name__)
            )
        original(node)

    validation._validate_required_packages = validate  # type: ignore[attr-defined]


def mend_remote_actions(action: ModuleType) -> None:
    """Patch `RemoteAction`: see `check_action_results_once` and `never_silent`."""
    check_action_results_once(action)
    never_silent(action)


def check_action_results_once(action: ModuleType) -> None:
    """Build the validator of action results once instead of for every message."""
    from jsonschema import Draft7Validator

    validator = Draft7Validator(action.RemoteAction.action_response_format_spec())

    def validate(self: Any, result: Dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    action.RemoteAction._validate_action_result = validate


def find_event_types_once(events: ModuleType) -> None:
    """Look up event types in a table instead of walking all subclasses for every event."""
    original = events.Event.resolve_by_type
    events.Event.resolve_by_type = staticmethod(functools.cache(original))


def never_silent(action: ModuleType) -> None:
    """Tell the visitor that no answer is possible when a custom action can't be run."""
    import texts  # reads YAML: not before Rasa itself is imported

    original = action.RemoteAction.run

    async def run(self: Any, output_channel: Any, nlg: Any, tracker: Any, domain: Any) -> List[Any]:
        # validate_... and ask_... actions belong to forms; Rasa handles their rejections itself.
        try:
            return await asyncio.wait_for(
                original(self, output_channel, nlg, tracker, domain),
                settings.action_timeout_seconds(),
            )
        except action.ActionExecutionRejection:
            raise
        except Exception as error:
            # Only the error's kind: its text and its cause may hold what the visitor wrote.
            logger.error(
                "Action '%s' failed (%s). The visitor was told that no answer is possible right "
                "now. Is the action server running, and what does its log say?",
                self.name(),
                type(error.__cause__ or error).__name__,
            )
            message = {
                "text": texts.unavailable(),
                "custom": {"kind": "unavailable", "topic": None},
            }
            # A form whose validation says nothing of slots would be given up with its entries.
            keeps_form = action.SlotSet("language", tracker.get_slot("language"))
            told = action.create_bot_utterance(message)
            return [told, keeps_form] if self.name().startswith("validate_") else [told]

    action.RemoteAction.run = run


def no_visitor_text_in_logs(log_utils: ModuleType) -> None:
    """Keep local variables out of the tracebacks that structlog prints."""
    import structlog

    original = log_utils.configure_structlog
    without_locals = structlog.processors.ExceptionRenderer(
        structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    )

    def configure(log_level: Optional[int] = None) -> None:
        original(log_level)
        processors = [
            without_locals if processor is structlog.processors.dict_tracebacks else processor
            for processor in structlog.get_config()["processors"]
        ]
        for processor in processors:
            if isinstance(processor, structlog.dev.ConsoleRenderer):
                processor._exception_formatter = structlog.dev.plain_traceback
        structlog.configure(processors=processors)

    log_utils.configure_structlog = configure  # type: ignore[attr-defined]


def plain_shell(console: ModuleType) -> None:
    """Print a reply as text, numbered choices and one line of outcome; a number picks a choice."""
    choices: List[str] = []

    def print_reply(message: Dict[str, Any], *_: Any, **__: Any) -> None:
        color = console.rasa.shared.utils.io.bcolors
        say = console.rasa.shared.utils.cli.print_color
        if message.get("text"):
            say(message["text"], color=color.OKBLUE)
        for button in message.get("buttons", []):
            choices.append(button["payload"])
            say(f"  {len(choices)}) {button['title']}", color=color.OKBLUE)
        outcome = message.get("custom")
        if outcome:
            summary = " ".join(str(outcome[key]) for key in ("kind", "topic") if outcome.get(key))
            say(f"  [{summary}]", color=color.OKGREEN)

    async def read() -> Optional[str]:
        if not sys.stdin.isatty():
            line = await asyncio.to_thread(sys.stdin.readline)
            if not line:
                raise EOFError
            sys.stdout.write(f"Your input -> {line.strip()}\n")
            return str(line)
        question = console.questionary.text("", qmark="Your input ->")
        return cast(Optional[str], await question.ask_async())

    async def ask(previous_response: Optional[Dict[str, Any]]) -> Optional[str]:
        if previous_response is not None:
            print_reply(previous_response)
        try:
            typed = await read()
        except EOFError:  # Ctrl-D, or the end of what is piped in
            return None
        if typed is None:
            return None
        typed = typed.strip()
        picked = int(typed) - 1 if typed.isdecimal() else -1
        if 0 <= picked < len(choices):
            typed = choices[picked]
        choices.clear()
        return str(typed)

    console._print_bot_output = print_reply  # type: ignore[attr-defined]
    console._get_user_input = ask  # type: ignore[attr-defined]


def quiet_sanic(app: ModuleType) -> None:
    """Take back the warning filter that Sanic sets for everybody."""
    with contextlib.suppress(ValueError):
        warnings.filters.remove(("once", None, DeprecationWarning, None, 0))  # type: ignore[attr-defined]


PATCHES = {
    "rasa.shared.nlu.training_data.training_data": training.share_examples,
    "rasa.engine.training.hooks": training.log_every_component,
    "rasa.engine.training.fingerprinting": training.fingerprint_code,
    "rasa.engine.validation": refuse_tensorflow,
    "rasa.core.actions.action": mend_remote_actions,
    "rasa.shared.core.events": find_event_types_once,
    "rasa.utils.log_utils": no_visitor_text_in_logs,
    "rasa.core.channels.console": plain_shell,
    "sanic.app": quiet_sanic,
}
