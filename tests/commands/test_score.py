"""`claimcheck score`: what it reads, what it shows, and what makes it fail."""

import json

import pytest

GOOD = "Mint grows in gardens. Mint may ease a cough. A trial in 90 adults found it did."
BAD = "Mint cures a cough. Mint may ease a cough."


@pytest.fixture
def files(write):
    write("good.txt", GOOD)
    write("bad.txt", BAD)


def origins(result):
    return [r["origin"] for r in json.loads(result.out)["reports"]]


def test_an_article_is_printed_and_its_report_written(run, files, folder):
    result = run("score", "bad.txt")
    assert result.code == 0 and "What to mend" in result.out and "report.html" in result.err
    assert (folder / "report.html").read_text("utf-8").startswith("<!doctype html>")


def test_no_report_writes_no_file(run, files, folder):
    run("score", "bad.txt", "--no-report")
    assert {p.name for p in folder.iterdir()} == {"good.txt", "bad.txt"}


def test_several_reports_go_to_one_file(run, files, folder):
    result = run("score", "good.txt", "bad.txt", "-f", "json", "-o", "out.json")
    assert result.out == ""
    assert len(json.loads((folder / "out.json").read_text("utf-8"))["reports"]) == 2


def test_json_has_one_shape_for_one_article_and_for_two(run, files):
    one = json.loads(run("score", "bad.txt", "-f", "json").out)
    two = json.loads(run("score", "bad.txt", "good.txt", "-f", "json").out)
    assert len(one["reports"]) == 1 and two["reports"][0] == one["reports"][0]


def test_folders_and_patterns_stand_for_their_files_and_each_is_scored_once(run, files, write):
    write("more/third.txt", GOOD)
    assert origins(run("score", ".", "bad.txt", "-f", "json")) == [
        "bad.txt",
        "good.txt",
        "more/third.txt",
    ]
    assert origins(run("score", "*.txt", "-f", "json")) == ["bad.txt", "good.txt"]


def test_a_report_of_an_earlier_run_is_no_article_of_its_folder(run, files, folder):
    for arguments in ((".",), ("*",), (".", "bad.txt")):
        result = run("score", *arguments)
        assert result.code == 0, result.err
    assert origins(run("score", ".", "-f", "json")) == ["bad.txt", "good.txt"]
    for name in ("bad.txt", "good.txt"):
        (folder / name).unlink()
    assert "nothing but reports" in run("score", ".").complaint


def test_an_article_is_scored_and_kept_though_its_name_is_that_of_the_report(run, write):
    page = write("report.html", "<title>Mint · claimcheck</title><p>Mint cures a cough.</p>")
    assert origins(run("score", ".", "-f", "json")) == ["report.html"]
    assert "overwritten" in run("score", ".").complaint and "Mint cures" in page.read_text("utf-8")


def test_standard_input_is_read(run):
    assert origins(run("score", "-", "-f", "json", stdin=BAD)) == ["<stdin>"]


def test_the_name_of_standard_input_says_its_format(run):
    page = "<p>Mint cures a cough.</p>"
    result = run("score", "-", "--stdin-filename", "page.html", "-f", "json", stdin=page)
    report = json.loads(result.out)["reports"][0]
    assert report["origin"] == "page.html" and report["text"].strip() == "Mint cures a cough."


def test_findings_fail_only_where_that_is_asked_for(run, files):
    def code(name, fail_on):
        return run("score", name, "-f", "concise", "--fail-on", fail_on).code

    assert [code("bad.txt", f) for f in ("none", "overclaimed", "hedged")] == [0, 1, 1]
    assert [code("good.txt", f) for f in ("none", "overclaimed", "hedged")] == [0, 0, 1]


def test_a_failure_says_what_failed(run, files):
    result = run("score", "bad.txt", "-f", "json", "--fail-on", "hedged")
    assert result.err == "claimcheck: failed: 2 findings for --fail-on hedged\n"


def test_the_overclaim_rate_fails_only_above_its_limit(run, files):
    assert run("score", "bad.txt", "-f", "concise", "--max-overclaim-rate", "0.5").code == 0
    result = run("score", "good.txt", "bad.txt", "-f", "concise", "--max-overclaim-rate", "0.4")
    assert result.code == 1 and "bad.txt: 50.0%" in result.err and "good.txt" not in result.err


def test_what_is_shown_and_what_fails_are_separate_settings(run, files):
    result = run("score", "bad.txt", "-f", "concise", "--show", "hedged,supported")
    assert result.out.count("\n") == 1 and " hedged " in result.out
    result = run(
        "score", "bad.txt", "-f", "concise", "--show", "hedged", "--fail-on", "overclaimed"
    )
    assert result.code == 1 and "overclaimed" not in result.out


def test_less_confidence_than_asked_for_neither_shows_nor_fails(run, write):
    write("unsure.txt", "Perhaps mint cures a cough.")
    arguments = ("score", "unsure.txt", "-f", "concise", "--fail-on", "overclaimed")
    assert run(*arguments, "--min-confidence", "0.6").code == 1
    result = run(*arguments, "--min-confidence", "0.61")
    assert result.code == 0 and result.out == ""


def test_one_unreadable_input_loses_nothing_of_the_others(run, files):
    result = run("score", "none.txt", "good.txt", "a" * 300, "no/*.txt", "-f", "json")
    assert result.code == 2 and origins(result) == ["good.txt"]
    assert [line.split()[1][:8] for line in result.err.splitlines()] == [
        "none.txt",
        "aaaaaaaa",
        "no/*.txt",
    ]


def test_unread_beats_findings_in_the_exit_code(run, files):
    assert run("score", "bad.txt", "none.txt", "--no-report", "--fail-on", "hedged").code == 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b"\n \n", "empty"),
        ("tool.bin", b"\x7fELF\x00\x00\x01", "binary"),
    ],
)
def test_what_cannot_be_read_is_one_line(run, folder, name, data, said):
    (folder / name).write_bytes(data)
    complaint = run("score", name).complaint
    assert name in complaint and said in complaint


def test_a_limit_of_size_holds_for_files_and_standard_input(run, files):
    assert "bad.txt" in run("score", "bad.txt", "--max-bytes", "10").complaint
    assert "<stdin>" in run("score", "-", "--max-bytes", "10", stdin=BAD).complaint


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "PATHS"),
        (("bad.txt", "--min-confidence", "2"), "--min-confidence"),
        (("bad.txt", "--min-confidence", "nan"), "--min-confidence"),
        (("bad.txt", "--max-overclaim-rate", "30"), "--max-overclaim-rate"),
        (("bad.txt", "--format", "word"), "'full', 'concise'"),
        (("bad.txt", "--show", "overclaims"), "overclaimed"),
        (("bad.txt", "--threads", "0"), "--threads"),
        (("bad.txt", "--formt", "json"), "--format"),
        (("bad.txt", "-f", "json", "--report", "x.html"), "--report"),
        (("bad.txt", "-f", "docx"), "-o FILE"),
        (("bad.txt", "-f", "json", "-o", ""), "cannot write"),
        (("bad.txt", "-f", "json", "-o", "."), "cannot write"),
        (("bad.txt", "-f", "json", "-o", "no/such/folder"), "cannot write no/such/folder"),
        (("bad.txt", "-f", "json", "-o", "../work/bad.txt"), "overwritten"),
        ((".", "-f", "json", "-o", "bad.txt"), "overwritten"),
    ],
)
def test_a_wrong_option_is_one_line_that_says_what_is_right(run, files, folder, arguments, said):
    assert said in run("score", *arguments).complaint
    assert (folder / "bad.txt").read_text("utf-8") == BAD


def test_markers_and_quotations_are_left_out_as_asked(run, write):
    write("a.md", "<!-- claimcheck: ignore-next -->\nTea cures.\n\n> Mint cures.\n\nIt may help.\n")

    def scored(*options):
        result = run("score", "a.md", "-f", "json", *options)
        return [s["text"] for s in json.loads(result.out)["reports"][0]["sentences"]]

    assert scored() == ["Mint cures.", "It may help."]
    assert scored("--skip-quotations") == ["It may help."]
    assert scored("--no-ignore-comments") == ["Tea cures.", "Mint cures.", "It may help."]


def test_a_warning_is_said_beside_any_format(run, folder):
    (folder / "old.txt").write_bytes("Café au lait may ease migraine. ".encode("cp1252") * 20)
    result = run("score", "old.txt", "-f", "json")
    assert result.code == 0 and "old.txt: " in result.err and "guessed" in result.err


def test_a_file_name_is_shown_as_it_is(run, write):
    write("[red]x[/foo].txt", "Tea may help.")
    result = run("score", "[red]x[/foo].txt", "--no-report")
    assert result.code == 0 and "[red]x[/foo].txt" in result.out


def test_control_characters_of_a_file_name_never_reach_the_screen(run):
    assert "\x1b" not in run("score", "\x1b[31mred.txt").complaint


@pytest.mark.parametrize(
    "text",
    [
        "שתיית תה מפחיתה את הסיכון למחלות לב. כך אומרים החוקרים.",
        "zero\u200bwidth \u202eoverride\u202c and \x1b[31mcolour\x07 \x00 here. Tea\u2060 helps.",
        "\ufeff\ufeffTea helps.\r\rIt is hot.\x0b\x0cYes.",
        "word " * 3000,
    ],
    ids=["right-to-left", "control characters", "odd line breaks", "3,000 words"],
)
def test_strange_text_gives_a_result(run, text):
    result = run("score", "-", stdin=text)
    assert result.code == 0 and "Overclaim rate" in result.out
    assert "\x1b" not in result.out and "\x07" not in result.out


def test_another_language_is_warned_of(run):
    text = (
        "La menthe est une plante très ancienne qui pousse dans les jardins. On dit depuis "
        "longtemps qu'elle est bonne pour la santé, mais personne ne sait encore pourquoi."
    )
    assert "not English" in run("score", "-", "-f", "json", stdin=text).err


@pytest.mark.parametrize("step", ["read_path", "with_ignored"])
def test_a_fault_of_our_own_in_one_file_costs_no_other(run, files, monkeypatch, step):
    from claimcheck.commands import inputs

    right = getattr(inputs, step)

    def wrong(given, *arguments, **options):
        if "bad" in str(getattr(given, "origin", given)):
            raise ZeroDivisionError("a fault")
        return right(given, *arguments, **options)

    monkeypatch.setattr(inputs, step, wrong)
    result = run("score", "bad.txt", "good.txt", "-f", "json")
    assert origins(result) == ["good.txt"]
    assert "bad.txt" in result.complaint and "ZeroDivisionError" in result.complaint
