"""Say whether settings and documents can be used as they are, and if not, what to do."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import processes


def main() -> int:
    """Check, and end with 0 when all is well; else with a line for each problem."""
    processes.require_settings()
    processes.require_documents()
    print("ok  settings and documents")
    return 0


if __name__ == "__main__":
    sys.exit(main())
