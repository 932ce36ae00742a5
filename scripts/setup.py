"""Set up everything the bot needs, in .venv. Run by `make`; needs any Python from 3.9 on.

    python3 scripts/setup.py          what the bot runs with
    python3 scripts/setup.py --dev    and what testing and checking need
    python3 scripts/setup.py --full   Rasa with TensorFlow in .venv-full, for comparisons only

Each step is skipped when its result is there already. Uses nothing but the standard library.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable, Iterator, List, NoReturn, Optional

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
TOOLS = ROOT / ".tools"
PYTHON_WANTED = (3, 10)  # the newest that Rasa 3.6 runs on


def fail(message: str) -> NoReturn:
    """End with one line that says what is wrong and what to do."""
    sys.exit(f"Error: {message}")


def say(message: str) -> None:
    """Tell what is being done, at once."""
    print(f"• {message}", flush=True)


def run(command: List[str], purpose: str) -> None:
    """Run a command, with a dot every two seconds; end with what it said when it fails."""
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    while True:
        try:
            output, _ = process.communicate(timeout=2)
            break
        except subprocess.TimeoutExpired:
            print(".", end="", flush=True)
    if process.returncode != 0:
        fail(f"{purpose} failed. Command: {' '.join(map(str, command))}\n{output[-3000:]}")
    print(flush=True)


def python_candidates() -> Iterator[str]:
    """Yield commands and files that may be a Python 3.10, the most deliberate first."""
    yield os.environ.get("PYTHON310", "")
    yield "python3.10"  # under pyenv, .python-version makes this one work
    yield sys.executable
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from (str(path) for path in sorted(versions.glob("3.10*/bin/python3.10"), reverse=True))


def python_at(command: str) -> Optional[str]:
    """Return the path of the interpreter behind `command` if it is the wanted version."""
    if not command:
        return None
    check = "import sys; print(sys.executable) if sys.version_info[:2] == %r else sys.exit(1)"
    try:
        found = subprocess.run(
            [command, "-c", check % (PYTHON_WANTED,)], cwd=ROOT, capture_output=True, text=True
        )
    except OSError:
        return None
    return found.stdout.strip() if found.returncode == 0 else None


def find_python(uv: Callable[[], str]) -> str:
    """Return the path of a Python 3.10, fetched with uv when the machine has none."""
    for command in python_candidates():
        path = python_at(command)
        if path:
            return path
    say("No Python 3.10 on this machine: fetching one with uv")
    fetched = subprocess.run([uv(), "python", "install", "3.10"], cwd=ROOT)
    if fetched.returncode == 0:
        found = subprocess.run(
            [uv(), "python", "find", "--managed-python", "3.10"],
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        if found.returncode == 0:
            return found.stdout.strip()
    fail(
        "Rasa needs Python 3.10, and there is none here and no way to fetch one. "
        "Install it (for example `pyenv install 3.10`), or set PYTHON310 to its path."
    )


def find_uv() -> str:
    """Return the path of the pinned uv, installed into .tools when it isn't there."""
    uv = TOOLS / "bin" / "uv"
    lock = REQUIREMENTS / "uv.txt"
    if is_done(TOOLS, lock):
        return str(uv)
    say("Installing uv, the package installer (a few seconds)")
    shutil.rmtree(TOOLS, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(TOOLS)], capture_output=True)
    if made.returncode != 0:
        fail(
            f"{sys.executable} can't make virtual environments. "
            "On Debian and Ubuntu: apt-get install python3-venv"
        )
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    run([*pip, "--disable-pip-version-check", "--require-hashes", "-r", str(lock)], "Installing uv")
    mark_done(TOOLS, lock)
    return str(uv)


def fingerprint(*files: Path) -> str:
    """Return a hash of the contents of `files`."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_done(environment: Path, *locks: Path) -> bool:
    """Say whether `environment` was completely installed from these lock files."""
    stamp = environment / "installed-from"
    return stamp.is_file() and stamp.read_text() == fingerprint(*locks)


def mark_done(environment: Path, *locks: Path) -> None:
    """Note what `environment` was installed from; the last step, so that a half one isn't used."""
    (environment / "installed-from").write_text(fingerprint(*locks))


def install(environment: Path, locks: List[Path], how_long: str) -> None:
    """Make `environment` hold exactly what the lock files name."""
    if is_done(environment, *locks):
        return
    uv = find_uv()
    python = find_python(lambda: uv)
    say(f"Installing packages into {environment.name} ({how_long})")
    run([uv, "venv", "--quiet", "--clear", "--python", python, str(environment)], "Making .venv")
    target = ["--python", str(environment / "bin" / "python")]
    # `sync` installs what the lock files name and nothing else: no dependency is looked up again.
    run([uv, "pip", "sync", *target, "--require-hashes", *map(str, locks)], "Installing packages")
    mark_done(environment, *locks)


def hook_workarounds(environment: Path) -> None:
    """Have Python run `workarounds.install()` at every start in `environment`."""
    site_packages = environment / "lib" / "python3.10" / "site-packages"
    lines = f"{ROOT}\nimport workarounds; workarounds.install()\n"
    hook = site_packages / "spinraza_workarounds.pth"
    if not hook.is_file() or hook.read_text() != lines:
        hook.write_text(lines)


def main() -> None:
    """Set up what the arguments ask for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--dev", action="store_true", help="also what testing needs")
    parser.add_argument("--full", action="store_true", help="Rasa with TensorFlow, in .venv-full")
    arguments = parser.parse_args()
    if arguments.full:
        install(ROOT / ".venv-full", [REQUIREMENTS / "full.txt"], "1 to 3 minutes, 2.6 GB")
        return
    environment = ROOT / ".venv"
    locks = [REQUIREMENTS / "runtime.txt"]
    dev = REQUIREMENTS / "dev.txt"
    # An environment with the test tools serves for running as well.
    if arguments.dev or is_done(environment, *locks, dev):
        locks.append(dev)
    install(environment, locks, "about 30 seconds, 0.8 GB")
    hook_workarounds(environment)


if __name__ == "__main__":
    main()
