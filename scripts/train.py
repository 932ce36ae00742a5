"""Train the model, if the data or the configuration changed since the last training."""

import hashlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator, List, Sequence

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import settings  # noqa: E402
from knowledge.yaml_file import LOADER  # noqa: E402
from scripts import model_archive, topics  # noqa: E402
from scripts.processes import MODEL, fail, rasa, require_documents  # noqa: E402
from workarounds import training  # noqa: E402

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
# What is only read when the bot starts, such as phrases of emergencies, isn't trained on.
TRAINED_ON = (
    "config.yml", "domain.yml", "data/**/*.yml", "documents/*.md", "components/*.py",
    "understanding/*.py", "understanding/*.txt", "requirements/runtime.txt",
)  # fmt: skip
# How much of a training from scratch is over when a component begins, in percent; measured on 2
# cores. What is known from an earlier training is quicker.
STAGES = {
    "TextNormalizer": ("cleaning the examples", 9),
    "LanguageDetector": ("telling languages apart", 11),
    "SpellingCorrector": ("correcting spelling", 14),
    "SentenceEncoder": ("computing sentence vectors", 19),
    "LinearIntentClassifier": ("learning what is meant", 54),
    "RulePolicy": ("learning the rules", 98),
}
_BAR_WIDTH = 20


def files(patterns: Sequence[str]) -> Iterator[Path]:
    """Yield the project's files that match, in a fixed order."""
    for pattern in patterns:
        yield from sorted(ROOT.glob(pattern))


def fingerprint() -> str:
    """Return a hash of everything the model depends on; comments in Python don't count."""
    digest = hashlib.sha256()
    for path in files(TRAINED_ON):
        digest.update(f"{path.relative_to(ROOT)} {training.fingerprint(path)} ".encode())
    return digest.hexdigest()


def check_yaml() -> None:
    """End with file and line when a YAML file of the project isn't valid YAML."""
    for path in files(YAML_FILES):
        try:
            for _ in yaml.parse(path.read_text(encoding="utf-8"), Loader=LOADER):
                pass
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            fail(f"{path.relative_to(ROOT)}:{line}: not valid YAML: {error.problem}")
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            fail(f"{path.relative_to(ROOT)}: not valid YAML: {error}")


def check_topics() -> None:
    """End with the topics that are missing somewhere, and where."""
    found = topics.problems(ROOT)
    if found:
        fail("\n".join(found))


def is_trained() -> bool:
    """Say whether there is a model, trained on what is there now."""
    return MODEL.is_file() and FINGERPRINT.is_file() and FINGERPRINT.read_text() == fingerprint()


def fetch() -> bool:
    """Fetch a trained model from where MODEL_URL says, and say whether it was; print why not."""
    found = fingerprint()
    try:
        source = settings.model_url()
        if not source:
            return False
        FINGERPRINT.unlink(missing_ok=True)
        model_archive.fetch(source, MODEL, found)
    except settings.SettingError as error:
        print(f"• No model fetched: {error}", flush=True)
        return False
    except model_archive.FetchError as error:
        todo = "Correct MODEL_URL or what it names (`make pack-model`), or leave it empty."
        print(f"• No model fetched: {error}. {todo}", flush=True)
        return False
    FINGERPRINT.write_text(found)
    print("• Model fetched from where MODEL_URL says", flush=True)
    return True


def train() -> None:
    """Train what changed, and show what is being done."""
    check_yaml()
    require_documents()
    if is_trained():
        return
    check_topics()
    if fetch():
        return
    print("• Training: from scratch 2 minutes, after a small change less", flush=True)
    started = time.monotonic()
    FINGERPRINT.unlink(missing_ok=True)
    before = fingerprint()
    # What Rasa trained before, with the same inputs and code, it takes from .rasa/cache.
    # `make validate` is what checks the data.
    command = rasa(
        "train", "--skip-validation", "--out", str(MODEL.parent), "--fixed-model-name", MODEL.stem
    )
    lines: List[str] = []
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    print(progress("reading the examples", 0, 0.0), flush=True)
    seen = set()
    for line in process.stdout:
        lines.append(line)
        component = line.split("component")[-1].strip(" '.\n")
        if "Starting to train component" in line and component in STAGES and component not in seen:
            seen.add(component)
            print(progress(*STAGES[component], time.monotonic() - started), flush=True)
    if process.wait() != 0 or not MODEL.is_file():
        fail(
            "training failed:\n" + "".join(line for line in lines[-30:] if "Processed" not in line)
        )
    FINGERPRINT.write_text(before)
    print(progress("done", 100, time.monotonic() - started), flush=True)


def progress(name: str, percent: int, seconds: float) -> str:
    """Return a line with a bar: what is done already, for how long, and what begins now."""
    full = _BAR_WIDTH * percent // 100
    return f"  [{'#' * full}{'.' * (_BAR_WIDTH - full)}] {seconds:4.0f} s  {name}"


if __name__ == "__main__":
    try:
        train()
    except KeyboardInterrupt:
        sys.exit("Training stopped.")
