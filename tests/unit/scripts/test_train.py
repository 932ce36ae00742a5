"""Training happens when something changed, and says what is wrong with the data."""

from pathlib import Path

import pytest
import yaml

from scripts import train


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "config.yml").write_text("pipeline: []\n")
    (tmp_path / "data" / "nlu" / "a.yml").write_text("nlu: []\n")
    monkeypatch.setattr(train, "ROOT", tmp_path)
    monkeypatch.setattr(train, "MODEL", tmp_path / "model.tar.gz")
    monkeypatch.setattr(train, "FINGERPRINT", tmp_path / "model.fingerprint")
    return tmp_path


def test_broken_yaml_is_named_with_file_and_line(project: Path) -> None:
    (project / "data" / "nlu" / "a.yml").write_text("nlu:\n- intent: x\n  examples: [\n")
    with pytest.raises(SystemExit) as raised:
        train.check_yaml()
    assert str(raised.value).startswith("Error: data/nlu/a.yml:4: not valid YAML")


def test_a_model_is_out_of_date_as_soon_as_anything_it_rests_on_changes(project: Path) -> None:
    assert not train.is_trained()
    train.MODEL.write_text("model")
    train.FINGERPRINT.write_text(train.fingerprint())
    assert train.is_trained()
    (project / "data" / "nlu" / "a.yml").write_text("nlu: [] # changed\n")
    assert not train.is_trained()


def test_a_new_file_counts_as_a_change(project: Path) -> None:
    before = train.fingerprint()
    (project / "data" / "nlu" / "b.yml").write_text("")
    assert train.fingerprint() != before


def test_the_bar_names_components_of_the_pipeline_in_their_order() -> None:
    config = yaml.safe_load((train.ROOT / "config.yml").read_text(encoding="utf-8"))
    entries = [*config["pipeline"], *config["policies"]]
    names = [entry["name"].rpartition(".")[2] for entry in entries]
    assert list(train.STAGES) == [name for name in names if name in train.STAGES]
    shares = [share for _, share in train.STAGES.values()]
    assert shares == sorted(set(shares)) and shares[0] > 0 and shares[-1] < 100
