"""The parts of the benchmark that need no training."""

import json
from pathlib import Path
from typing import Any, Dict, List

import pytest

from evaluation import benchmarks


def _row(**values: Any) -> Dict[str, Any]:
    return {
        "set": "banking77",
        "shots": "10",
        "pipeline": "ours",
        "limit_test": 0,
        "runs": 2,
        "test_messages": 3,
        "out_of_scope_messages": 0,
        "accuracy": {"mean": 0.8, "deviation": 0.012},
        "train_cpu_seconds": {"mean": 12.4, "deviation": 0.1},
        "cpu_ms_a_message": {"mean": 6.0, "deviation": 0.1},
        **values,
    }


def test_texts_are_put_on_one_line_and_kept_once() -> None:
    rows = [["\nMy  card\nis lost", "lost"], ["My card is lost", "lost"], ["Hi", "greet"]]
    assert benchmarks.unique(rows) == [("My card is lost", "lost"), ("Hi", "greet")]


def test_banking77_is_read_with_line_ends_inside_texts(tmp_path: Path) -> None:
    (tmp_path / "banking77-train.csv").write_text('text,category\n"Where,\nnow?",arrival\n')
    (tmp_path / "banking77-test.csv").write_text("text,category\nGone?,lost\n")
    assert benchmarks.read_set("banking77", tmp_path) == (
        [("Where, now?", "arrival")],
        [("Gone?", "lost")],
    )


def test_clinc150_is_tested_but_not_trained_with_messages_out_of_scope(tmp_path: Path) -> None:
    content = {
        "train": [["a", "x"]],
        "val": [["b", "x"]],
        "test": [["c", "x"]],
        "oos_train": [["d", "oos"]],
        "oos_val": [["e", "oos"]],
        "oos_test": [["f", "oos"]],
    }
    (tmp_path / "clinc150.json").write_text(json.dumps(content))
    train, test = benchmarks.read_set("clinc150", tmp_path)
    assert train == [("a", "x")]
    assert test == [("c", "x"), ("f", "oos")]


def test_a_limit_holds_inside_and_outside_the_scope() -> None:
    test = [(f"in {i}", "x") for i in range(9)] + [(f"out {i}", "oos") for i in range(9)]
    few = benchmarks.limited(test, 4)
    assert [intent for _, intent in few] == ["x"] * 4 + ["oos"] * 4
    assert few == benchmarks.limited(test, 4)
    assert set(few) <= set(test)
    assert set(benchmarks.limited(test, 0)) == set(benchmarks.limited(test, 100)) == set(test)


def test_accuracy_counts_messages_in_scope_only() -> None:
    predictions = [("x", "x", 0.9), ("y", "x", 0.8), ("oos", "x", 0.1), ("oos", "y", 0.2)]
    found = benchmarks.score(predictions)
    assert found == {"accuracy": 0.5, "oos_auroc": 1.0, "oos_recall": 1.0}


def test_without_messages_out_of_scope_there_is_only_accuracy() -> None:
    assert benchmarks.score([("x", "x", 0.9), ("y", None, 0.0)]) == {"accuracy": 0.5}


def test_recall_is_taken_where_three_percent_in_scope_are_rejected() -> None:
    inside = [("x", "x", (i + 1) / 100) for i in range(100)]  # 0.01 to 1.00: 0.04 stays accepted
    outside = [("oos", "x", 0.035), ("oos", "x", 0.04), ("oos", "x", 0.5), ("oos", "x", 0.0)]
    assert benchmarks.score([*inside, *outside])["oos_recall"] == 0.5


def test_equal_confidences_tell_nothing_apart() -> None:
    found = benchmarks.score([("x", "x", 1.0)] * 50 + [("oos", "x", 1.0)] * 50)
    assert found["oos_auroc"] == 0.5
    assert found["oos_recall"] == 0.0


def test_a_summary_has_a_deviation_for_several_runs_only() -> None:
    several = benchmarks.summary([{"accuracy": 0.7}, {"accuracy": 0.9}])
    assert several["accuracy"]["mean"] == pytest.approx(0.8)
    assert several["accuracy"]["deviation"] == pytest.approx(0.1 * 2**0.5)
    assert benchmarks.summary([{"accuracy": 0.7}]) == {"accuracy": {"mean": 0.7}}


def test_a_new_measurement_replaces_only_the_same_one() -> None:
    kept, old, new = _row(limit_test=500), _row(runs=1), _row(runs=5)
    assert benchmarks.merged([kept, old], new) == [new, kept]


def test_the_table_shows_means_deviations_and_gaps() -> None:
    clinc = _row(
        set="clinc150",
        shots="full",
        pipeline="default",
        out_of_scope_messages=2,
        accuracy={"mean": 0.9},
        oos_auroc={"mean": 0.95},
        oos_recall={"mean": 0.5},
    )
    lines = benchmarks.table([_row(), clinc]).splitlines()
    assert lines[2] == "| banking77 | 10 | ours | 2 | 3 | 80.0% ± 1.2% | – | – | 12 | 6 |"
    assert lines[3] == (
        "| clinc150 | full | rasa init default | 2 | 3 + 2 | 90.0% | 95.0% | 50.0% | 12 | 6 |"
    )
    assert len({line.count("|") for line in lines}) == 1


def test_without_the_data_it_says_so_and_succeeds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    benchmarks.main(["--data", str(tmp_path / "none")])
    assert capsys.readouterr().out.startswith("skipped: ")


@pytest.mark.parametrize(
    "options",
    [
        ["--sets", "banking"],
        ["--pipelines", "ours,"],
        ["--shots", "0"],
        ["--shots", "ten"],
        ["--seeds", "0"],
        ["--limit-test", "-1"],
    ],
)
def test_wrong_options_are_refused(options: List[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        benchmarks.main(options)
    assert refused.value.code == 2
