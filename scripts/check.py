"""Run the quick tests of what changed since main, on all cores: tests/unit and tests/rooms only.

A changed module has the tests run that import it, directly or through others; a changed test runs
itself; any other file has the tests at the mirrored path run (`documents/topics.yml`:
tests/unit/documents), or those at the top of tests/unit. `make test` runs all tests.
"""

import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Iterable, List, Set

import grimp

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("tests/unit", "tests/rooms")
PACKAGES = (
    "tests", "actions", "channels", "components", "consultations", "evaluation", "knowledge",
    "scripts", "storage", "texts", "understanding", "workarounds",
)  # fmt: skip


def changed() -> List[str]:
    """Return the files that differ from where this branch left main, new ones included."""
    base = _git("merge-base", "main", "HEAD")
    since = _git("diff", "--name-only", "-z", *(line.strip() for line in base), "--")
    return sorted({*since, *_git("ls-files", "-z", "--others", "--exclude-standard")})


def imports() -> grimp.ImportGraph:
    """Return which module of ours imports which; settings.py counts as one from elsewhere."""
    return grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)


def quick_tests(files: Iterable[str], graph: grimp.ImportGraph, root: Path = ROOT) -> List[str]:
    """Return the test files and folders to run for changed `files` (paths from `root`)."""
    found: Set[str] = set()
    for path in map(PurePosixPath, files):
        module = ".".join(path.with_suffix("").parts)
        if path.suffix == ".py" and module in graph.modules:
            users = {module, *graph.find_downstream_modules(module)}
            found |= {f"{user.replace('.', '/')}.py" for user in users if _is_test(user)}
        elif path.parts[0] != "tests":
            found |= _mirrored(path, root)
    quick = {name for name in found if name.startswith(LAYERS) and (root / name).exists()}
    return sorted(name for name in quick if not _is_within(name, quick - {name}))


def _is_test(module: str) -> bool:
    return module.rpartition(".")[2].startswith("test_")


def _mirrored(path: PurePosixPath, root: Path) -> Set[str]:
    for folder in path.parents[:-1]:
        found = {f"{layer}/{folder}" for layer in LAYERS if (root / layer / folder).is_dir()}
        if found:
            return found
    return {str(test.relative_to(root)) for test in (root / LAYERS[0]).glob("test_*.py")}


def _is_within(name: str, others: Set[str]) -> bool:
    return any(str(parent) in others for parent in PurePosixPath(name).parents)


def _git(*arguments: str) -> List[str]:
    """Return the names git prints: none, when it has no branch called main."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return [name for name in done.stdout.split("\0") if name]


def main() -> int:
    """Run the tests and return pytest's exit code; 0 when nothing changed."""
    wanted = quick_tests(changed(), imports())
    if not wanted:
        print("• Nothing changed since main that has quick tests")
        return 0
    print(f"• Testing {len(wanted)} files and folders", flush=True)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "auto", *wanted], cwd=ROOT
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
