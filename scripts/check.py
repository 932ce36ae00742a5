"""Run the quick tests of what changed since main: those at the mirrored path, without servers.

A changed `channels/turns/inbox.py` has `tests/channels/turns/test_inbox.py` run, or all of
`tests/channels/turns` when there is no such file. A changed test runs itself. What has no
tests of its own, such as domain.yml or tests/conftest.py, has the tests at the top run: only
`make test` runs all that rests on it.
"""

import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Iterable, List, Set

ROOT = Path(__file__).resolve().parent.parent
# They start servers or a browser.
SLOW = ("tests/end_to_end", "tests/browser", "tests/providers")


def changed() -> List[str]:
    """Return the files that differ from where this branch left main, new ones included."""
    base = _git("merge-base", "main", "HEAD")
    since = _git("diff", "--name-only", *base, "--")
    return sorted({*since, *_git("ls-files", "--others", "--exclude-standard")})


def quick_tests(files: Iterable[str], root: Path = ROOT) -> List[str]:
    """Return the test files and folders to run for changed `files` (paths from `root`)."""
    found: Set[str] = set()
    for name in map(PurePosixPath, files):
        if name.parts[0] == "tests":
            is_test = name.name.startswith("test_") and (root / name).is_file()
            # A helper is used by the tests beside it and below it.
            found.add(str(name if is_test else name.parent))
            continue
        mirrored = PurePosixPath("tests", name.parent, f"test_{name.stem}.py")
        while mirrored.parts and not (root / mirrored).exists():
            mirrored = mirrored.parent
        found.add(str(mirrored))
    # The whole of tests/ is for `make test`: of it, the tests at its top.
    if "tests" in found:
        found.remove("tests")
        found |= {str(path.relative_to(root)) for path in (root / "tests").glob("test_*.py")}
    quick = {name for name in found if not name.startswith(SLOW)}
    return sorted(name for name in quick if not _is_within(name, quick - {name}))


def _is_within(name: str, others: Set[str]) -> bool:
    return any(str(parent) in others for parent in PurePosixPath(name).parents)


def _git(*arguments: str) -> List[str]:
    """Return the words git prints: none, when it has no branch called main."""
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True
    ).stdout.split()


def main() -> int:
    """Run the tests and return pytest's exit code; 0 when nothing changed."""
    wanted = quick_tests(changed())
    if not wanted:
        print("• Nothing changed since main that has quick tests")
        return 0
    print(f"• Testing {' '.join(wanted)}", flush=True)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "not slow", "--durations=10", *wanted], cwd=ROOT
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
