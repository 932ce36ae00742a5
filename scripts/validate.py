"""Run `rasa data validate` and end with an error on any warning."""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import processes


def main() -> int:
    """Return 0 when Rasa finds nothing to complain about, and show the complaints otherwise."""
    print("• Checking the training data (about 15 seconds)", flush=True)
    finished = subprocess.run(
        processes.rasa("data", "validate", "--fail-on-warnings"),
        cwd=processes.ROOT,
        capture_output=True,
        text=True,
    )
    lines = (finished.stdout + finished.stderr).replace("\r", "\n").splitlines()
    complaints = [line for line in lines if "Warning:" in line or "ERROR" in line]
    if finished.returncode or complaints:
        print("\n".join(complaints or lines[-20:]))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
