"""The report's pictures, as PNG files."""

from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt

from evaluation.confidence import Bin
from evaluation.metrics import Share

BLUE, GREY = "#2b6cb0", "#999999"


def draw_confusion(path: Path, counts: Dict[Tuple[str, str], int]) -> None:
    """Draw which kind came (columns) for which was expected (rows), as shares of the row."""
    rows = sorted({expected for expected, _ in counts})
    columns = sorted({got for _, got in counts} | set(rows))
    totals = {row: sum(counts.get((row, column), 0) for column in columns) for row in rows}
    shares = [[counts.get((row, c), 0) / totals[row] for c in columns] for row in rows]
    figure, axes = plt.subplots(figsize=(9, 6.5))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            if counts.get((row, column)):
                colour = "white" if shares[y][x] > 0.5 else "black"
                count = str(counts[row, column])
                axes.text(x, y, count, ha="center", va="center", color=colour)
    axes.set_xticks(range(len(columns)), columns, rotation=40, ha="right")
    axes.set_yticks(range(len(rows)), rows)
    axes.set(xlabel="kind of reply that came", ylabel="kind expected")
    _save(figure, path)


def draw_accuracy(path: Path, groups: Dict[str, Dict[str, Share]]) -> None:
    """Draw the accuracy of each group with its interval, a panel for each entry of `groups`."""
    sizes = [len(shares) for shares in groups.values()]
    figure, panels = plt.subplots(
        len(groups), 1, figsize=(8, 1.6 + 0.36 * sum(sizes)), sharex=True,
        gridspec_kw={"height_ratios": sizes}, squeeze=False,
    )  # fmt: skip
    for axes, (title, shares) in zip(panels[:, 0], groups.items(), strict=True):
        names = list(shares)[::-1]
        values = [shares[name].value for name in names]
        intervals = [shares[name].interval for name in names]
        errors = [
            [max(0.0, value - low) for value, (low, _) in zip(values, intervals, strict=True)],
            [max(0.0, high - value) for value, (_, high) in zip(values, intervals, strict=True)],
        ]
        axes.barh(range(len(names)), values, xerr=errors, color=BLUE, ecolor=GREY, capsize=3)
        axes.set_yticks(range(len(names)), [f"{n} ({shares[n].total})" for n in names])
        axes.set_title(title, loc="left")
        axes.set_xlim(0, 1)
        axes.grid(axis="x", alpha=0.3)
    panels[-1, 0].set_xlabel("share that is right, with the 95% interval")
    _save(figure, path)


def draw_risk_coverage(path: Path, points: Sequence[Tuple[float, float]]) -> None:
    """Draw how many are wrong when only the most confident are answered."""
    figure, axes = plt.subplots(figsize=(7, 4))
    axes.plot([x for x, _ in points], [y for _, y in points], color=BLUE)
    axes.set(xlabel="share answered, the most confident first", ylabel="share of these wrong")
    axes.set(xlim=(0, 1), ylim=(0, None))
    axes.grid(alpha=0.3)
    _save(figure, path)


def draw_calibration(path: Path, bins: Sequence[Bin]) -> None:
    """Draw accuracy over confidence; on the diagonal the two agree."""
    figure, axes = plt.subplots(figsize=(5.5, 5))
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--")
    x, y = [b.confidence for b in bins], [b.accuracy for b in bins]
    axes.plot(x, y, color=BLUE, marker="o")
    for entry in bins:
        at = (entry.confidence, entry.accuracy)
        offset = (6, -12)
        axes.annotate(str(entry.count), at, xytext=offset, textcoords="offset points", fontsize=8)
    axes.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1.02))
    axes.grid(alpha=0.3)
    _save(figure, path)


def draw_learning_curve(path: Path, points: List[Dict[str, Any]]) -> None:
    """Draw accuracy over the number of training examples, a line for each `pipeline`."""
    figure, axes = plt.subplots(figsize=(7, 4))
    pipelines = list(dict.fromkeys(str(point["pipeline"]) for point in points))
    for pipeline, marker in zip(pipelines, "os^v", strict=False):
        own = [point for point in points if point["pipeline"] == pipeline]
        x, y = [p["examples"] for p in own], [p["accuracy"] for p in own]
        axes.plot(x, y, marker=marker, label=pipeline)
    axes.set(xlabel="training examples", ylabel="share that is right", xscale="log", ylim=(0, 1))
    axes.legend()
    axes.grid(alpha=0.3)
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    # Without the software's version the same run gives the same file.
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)
