"""Markdown tables that a command prints and a card shows alike."""

import statistics


def ablation_table(found: dict[str, list[dict[str, float]]]) -> str:
    """Return the variants of an ablation: mean and spread, and the change from the first one."""
    rows = ["| variant | macro-F1 | spread | change | F1 of overclaims | seeds |"]
    rows.append("|---|---|---|---|---|---|")
    plain = next(iter(found.values()))
    for name, runs in found.items():
        scores = [r["macro_f1"] for r in runs]
        change = statistics.mean(
            r["macro_f1"] - p["macro_f1"] for r, p in zip(runs, plain, strict=False)
        )
        spread = statistics.stdev(scores) if len(scores) > 1 else 0.0
        overclaims = statistics.mean(r["f1_overclaimed"] for r in runs)
        rows.append(
            f"| {name} | {statistics.mean(scores):.3f} | {spread:.3f} | {change:+.3f}"
            f" | {overclaims:.3f} | {len(runs)} |"
        )
    return "\n".join(rows)
