"""The staff's commands: python -m consultations <command>. --help lists them."""

import argparse
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

from sqlalchemy.engine import Engine

from consultations import erasure, outbox, output, rotation, staff
from consultations.reference import normalise_reference
from storage.database import create_engine
from storage.errors import ConfigurationError, StorageError
from storage.migrate import migrate

OK, NOTHING, WRONG_USE, NO_DATABASE = 0, 1, 2, 3

EXIT_CODES = """exit codes:
  0  done
  1  not found, or nothing to do
  2  wrong use, or a setting is wrong
  3  the database can't be reached
"""


def say(text: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(text + "\n")


def list_command(engine: Engine, options: argparse.Namespace) -> int:
    """List requests and the state of their deliveries."""
    rows = staff.list_requests(engine, options.state, options.since)
    if options.json:
        say(output.as_json(rows))
    elif rows:
        lines = [
            (r["reference"], r["received"], ", ".join(map(output.delivery_text, r["deliveries"])))
            for r in rows
        ]
        say(output.as_table(lines, ("reference", "received", "deliveries")))
    else:
        complain("No requests.")
    return OK if rows else NOTHING


def show_command(engine: Engine, options: argparse.Namespace) -> int:
    """Show one request, whole."""
    row = staff.show(engine, options.reference)
    if row is None:
        return _not_found(options.reference)
    if options.json:
        say(output.as_json(row))
    else:
        deliveries = "\n".join(map(output.delivery_text, row["deliveries"]))
        say(output.as_list({**row, "deliveries": deliveries}))
    return OK


def export_command(engine: Engine, options: argparse.Namespace) -> int:
    """Export all requests as CSV or JSON."""
    rows = staff.export(engine)
    if options.format == "csv":
        text = output.as_csv(rows, list(rows[0]) if rows else ["reference"])
    else:
        text = output.as_json(rows) + "\n"
    if options.output is None:
        sys.stdout.write(text)
    else:
        try:
            output.write_private(options.output, text)
        except OSError as error:
            complain(f"{options.output} can't be written: {error.strerror}")
            return WRONG_USE
        say(f"{len(rows)} requests written to {options.output}")
    return OK if rows else NOTHING


def retry_command(engine: Engine, options: argparse.Namespace) -> int:
    """Have the worker try a request's undelivered deliveries now."""
    number = outbox.requeue(engine, options.reference, datetime.now(timezone.utc))
    return _report(options, {"retried": number})


def erase_command(engine: Engine, options: argparse.Namespace) -> int:
    """Erase everything about a reference, an e-mail address, a phone number or a conversation."""
    if not options.yes:
        if not sys.stdin.isatty():
            complain("Erasing can't be undone. Add --yes to do it.")
            return WRONG_USE
        if input("Erase everything about it? This can't be undone. (yes/no) ") != "yes":
            complain("Nothing was erased.")
            return NOTHING
    return _report(options, vars(erasure.erase(engine, options.what)))


def stats_command(engine: Engine, options: argparse.Namespace) -> int:
    """Count requests, deliveries, drafts and erasures."""
    counts = staff.stats(engine)
    say(output.as_json(counts) if options.json else output.as_list(counts))
    return OK


def retention_command(engine: Engine, options: argparse.Namespace) -> int:
    """Erase what was kept long enough (the worker does so every hour)."""
    return _report(options, vars(erasure.apply_retention(engine, datetime.now(timezone.utc))))


def rotate_keys_command(engine: Engine, options: argparse.Namespace) -> int:
    """Encrypt everything with the newest key of CONSULTATIONS_KEY."""
    return _report(options, {"encrypted": rotation.rotate(engine)})


def _report(options: argparse.Namespace, counts: Dict[str, int]) -> int:
    say(output.as_json(counts) if options.json else output.as_list(counts))
    return OK if any(counts.values()) else NOTHING


def _not_found(reference: str) -> int:
    complain(f"There is no request {reference}.")
    return NOTHING


def _reference(text: str) -> str:
    reference = normalise_reference(text)
    if reference is None:
        raise argparse.ArgumentTypeError("not a reference like SMA-7K3F-9QX2; check for mistypings")
    return reference


def _date(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("expected a date like 2026-11-25") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    main_parser = argparse.ArgumentParser(
        "python -m consultations",
        description="Consultation requests, for the clinic's staff.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = main_parser.add_subparsers(required=True, metavar="command")

    def add(name: str, run: Callable[[Any, argparse.Namespace], int]) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        command.add_argument("--json", action="store_true", help="for programs")
        command.set_defaults(run=run)
        return command

    listing = add("list", list_command)
    listing.add_argument("--state", choices=staff.STATES, help="that have a delivery in this state")
    listing.add_argument("--since", type=_date, metavar="DATE", help="received from this day (UTC)")
    add("show", show_command).add_argument("reference", type=_reference)
    exporting = add("export", export_command)
    exporting.add_argument("--format", choices=("csv", "json"), default="csv")
    exporting.add_argument("--output", type=Path, metavar="FILE", help="readable by you only")
    add("retry", retry_command).add_argument("reference", type=_reference)
    erasing = add("erase", erase_command)
    erasing.add_argument("what", help="reference, e-mail address, phone number or conversation")
    erasing.add_argument("--yes", action="store_true", help="don't ask")
    add("stats", stats_command)
    add("retention", retention_command)
    add("rotate-keys", rotate_keys_command)
    return main_parser


def main(arguments: Optional[List[str]] = None) -> int:
    """Run one command and return its exit code."""
    options = parser().parse_args(arguments)
    try:
        engine = create_engine()
        migrate(engine)
        return int(options.run(engine, options))
    except ConfigurationError as error:
        complain(f"Error: {error}")
        return WRONG_USE
    except StorageError as error:
        complain(f"Error: {error}")
        return NO_DATABASE


if __name__ == "__main__":
    sys.exit(main())
