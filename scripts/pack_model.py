"""Write the trained model for a release: archive and manifest, which MODEL_URL can name."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import model_archive, train  # noqa: E402
from scripts.processes import MODEL, fail  # noqa: E402

FOLDER = ROOT / "var" / "release"


def main() -> None:
    """Pack the model, unless it isn't that of what is there now."""
    if not train.is_trained():
        fail("the model wasn't trained on what is there now. Run `make train`.")
    archive = model_archive.pack(MODEL, train.FINGERPRINT.read_text(), FOLDER)
    print(f"ok  {archive.relative_to(ROOT)} and its manifest, {archive.name}.json")


if __name__ == "__main__":
    main()
