"""Train the model, if the data or the configuration changed since the last training."""

import hashlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator, List

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.processes import MODEL, fail, rasa  # noqa: E402

FINGERPRINT = MODEL.with_suffix(".fingerprint")
YAML_FILES = (
    "config.yml",
    "domain.yml",
    "endpoints.yml",
    "credentials.yml",
    "data/**/*.yml",
    "documents/*.yml",
    "texts/*.yml",
)
TRAINED_ON = (
    "config.yml", "domain.yml", "data/**/*.yml", "documents/*.md", "components/*.py",
    "components/*.txt", "requirements/runtime.txt",
)  # fmt: skip


def files(patterns: tuple) -> Iterator[Path]:  # type: ignore[type-arg]
    """Yield the project's files that match, in a fixed order."""
    for pattern in patterns:
        yield from sorted(ROOT.glob(pattern))


def fingerprint() -> str:
    """Return a hash of everything the model depends on."""
    digest = hashlib.sha256()
    for path in files(TRAINED_ON):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def check_yaml() -> None:
    """End with file and line when a YAML file of the project isn't valid YAML."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in files(YAML_FILES):
        try:
            for _ in yaml.parse(path.read_text(encoding="utf-8"), Loader=loader):
                pass
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            fail(f"{path.relative_to(ROOT)}:{line}: not valid YAML: {error.problem}")
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            fail(f"{path.relative_to(ROOT)}: not valid YAML: {error}")


def is_trained() -> bool:
    """Say whether there is a model, trained on what is there now."""
    return MODEL.is_file() and FINGERPRINT.is_file() and FINGERPRINT.read_text() == fingerprint()


def train() -> None:
    """Train the model and show which component is being trained."""
    check_yaml()
    if is_trained():
        return
    print("• Training the model (2 to 3 minutes; again only when data changes)", flush=True)
    started = time.monotonic()
    FINGERPRINT.unlink(missing_ok=True)
    before = fingerprint()
    command = rasa("train", "--force", "--out", str(MODEL.parent), "--fixed-model-name", MODEL.stem)
    lines: List[str] = []
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if "Starting to train component" in line:
            component = line.split("component")[-1].strip(" '.\n")
            print(f"  {time.monotonic() - started:3.0f} s  {component}", flush=True)
    if process.wait() != 0 or not MODEL.is_file():
        fail(
            "training failed:\n" + "".join(line for line in lines[-30:] if "Processed" not in line)
        )
    FINGERPRINT.write_text(before)
    print(f"  {time.monotonic() - started:3.0f} s  done", flush=True)


if __name__ == "__main__":
    try:
        train()
    except KeyboardInterrupt:
        sys.exit("Training stopped.")
