"""Configuration files and baselines: any text in them is understood, or refused in one line."""

import json
import tempfile
import tomllib
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path

from hypothesis import strategies as st

from claimcheck.baseline import load_baseline
from claimcheck.cli import main
from claimcheck.commands.options import SCORE_SETTINGS
from claimcheck.errors import ClaimcheckError
from tests.fuzz.promises import check_refusal
from tests.fuzz.texts import mixed

_KEYS = st.sampled_from(
    [
        *(str(setting.name).replace("_", "-") for setting in SCORE_SETTINGS),
        *("max-bytes", "timeout", "threads", "model", "keep", "skip-quotations", "ignore-comments"),
        *("[tool.claimcheck]", "[[a]]", "nope", '""', "a.b", '"\\n"', "show"),
    ]
)
_VALUES = st.sampled_from(
    [
        *("true", "false", "0", "1", "-1", "0.5", "1e400", "nan", "-inf", "inf", "9" * 5000, "''"),
        *('"overclaimed"', '["overclaimed", "hedged"]', "[]", "[[]]", "{}", "{a = 1}", '"\\u0000"'),
        *("1979-05-27", "07:32:00", '"full"', '"all"', '"default"', "[1]", '""', "0x10", "1_0"),
        *('"\\n"', '"a/b"', "[" * 5000, '"~"', '["nope"]', '"never"', "9223372036854775808"),
    ]
)
_line = st.one_of(
    st.tuples(_KEYS, _VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}\n"),
    st.tuples(_KEYS, _VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}\n"),
    mixed(st.sampled_from(["=", "[", "]", '"""', "'", "#", "\n", "a", "."])),
)
config_texts = st.lists(_line, max_size=5).map("".join)

json_texts = st.one_of(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["schema", "fingerprints", "a"]), inner, max_size=3)
        ),
        max_leaves=8,
    ).map(json.dumps),
    st.tuples(
        st.sampled_from(["claimcheck.baseline/1", "claimcheck.baseline/" + "9" * 5000, "a/²"]),
        st.lists(st.text(max_size=9) | st.integers(), max_size=4),
    ).map(lambda pair: json.dumps({"schema": pair[0], "fingerprints": pair[1]})),
    mixed(st.sampled_from(["[", "]", "{", '"a": ', ",", "9" * 5000, "1e999", "NaN"])),
)


def check_config(case: str) -> None:
    """Check that ``claimcheck config`` prints TOML, or complains in one line, and of the file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "claimcheck.toml"
        file.write_text(case, "utf-8", errors="replace")
        out, err = StringIO(), StringIO()
        code: object = None
        with redirect_stdout(out), redirect_stderr(err), suppress(SystemExit):
            try:
                main(["config", "--config", str(file)])
            except SystemExit as stopped:
                code = stopped.code
                raise
    if code == 0:
        assert tomllib.loads(out.getvalue()) is not None
        assert not err.getvalue(), "a complaint in spite of success"
        return
    complaint = err.getvalue()
    assert code == 2 and complaint.count("\n") == 1, f"{code}: {complaint[:200]!r}"
    assert "fault of its own" not in complaint, complaint[:200]


def check_baseline(case: str) -> None:
    """Check that a baseline is loaded or refused."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "b.json"
        file.write_text(case, "utf-8", errors="replace")
        try:
            known = load_baseline(file)
        except ClaimcheckError as error:
            check_refusal(error)
        else:
            assert all(isinstance(fingerprint, str) for fingerprint in known)
