"""What every output for people shares."""

from claimcheck.rendering.display import displayable, shown_blocks


def test_blocks_are_shown_with_all_their_text(report):
    shown = "".join(t for b in shown_blocks(report) for t, _ in b.pieces)
    assert shown == report.text.replace("\n", "").replace("\x1b", "�")


def test_line_ends_of_windows_are_line_ends():
    assert displayable("é one\r\ntwo\rthree") == "é one\ntwo\nthree"


def test_characters_that_move_the_cursor_are_replaced_and_overrides_dropped():
    assert displayable("a\x1b[2Jb\u202ec\n") == "a�[2Jbc\n"
