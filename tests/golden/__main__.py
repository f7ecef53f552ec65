"""Write the golden predictions anew: what the shipped model says now."""

import json

from claimcheck import Scorer
from tests.conftest import SAMPLE
from tests.golden.predictions import FILE

scorer = Scorer(threads=2, explain=False)
report = scorer.score_path(SAMPLE)
rows = [
    {"text": s.text, "scores": {label.value: round(p, 3) for label, p in s.scores.items()}}
    for s in report.sentences
]
stored = {"model": scorer.model_name, "sentences": rows}
FILE.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
