"""The report in a real browser: what readers do with it, and that it is open to all of them."""

import time

import pytest

from tests.browser.articles import GINGER, HONEY, LONG

pytestmark = pytest.mark.slow

PHONE = {"width": 390, "height": 844}
FIRST, SECOND, THIRD = ["a1-s3", "a1-n1"], ["a1-s6", "a1-n2"], ["a1-s8", "a1-n3"]
"""What is current together: a sentence and its note."""


def filter_(page, name):
    return page.get_by_role("button", name=name)


def faults(page):
    """What axe finds that is serious or critical, with where it is."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs 'browser'")
    found = axe.Axe().run(page).response["violations"]
    grave = [v for v in found if v["impact"] in ("serious", "critical")]
    return [(v["id"], [node["html"] for node in v["nodes"]]) for v in grave]


# Open to everyone


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("keys", [(), ("j",), ("j", "2", "3", "4"), ("1",), ("?",)], ids=str)
def test_axe_finds_nothing_serious(visit, scheme, keys):
    opened = visit(HONEY, color_scheme=scheme)
    opened.press(*keys)
    assert faults(opened.page) == []


def test_axe_finds_nothing_serious_on_a_phone_with_several_articles(visit):
    opened = visit(HONEY, GINGER, viewport=PHONE)
    opened.press("j")
    assert faults(opened.page) == []


@pytest.mark.parametrize("width", [320, 390, 834, 1280])
def test_no_window_has_to_be_scrolled_sideways(visit, width):
    page = visit(HONEY, GINGER, viewport={"width": width, "height": 800}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_the_page_adds_does_not_turn_a_text_that_runs_right_to_left(visit):
    page = visit(GINGER).page
    directions = page.eval_on_selector_all(
        "article p", "blocks => blocks.map(b => getComputedStyle(b).direction)"
    )
    assert directions == ["rtl", "rtl"]


def test_the_article_can_be_selected_and_copied_without_the_marks(visit):
    page = visit(HONEY).page
    page.evaluate("getSelection().selectAllChildren(document.querySelector('article'))")
    copied = " ".join(page.evaluate("getSelection().toString()").split())
    assert copied.replace("\u2060", "") == " ".join(HONEY.text.split())


def test_without_javascript_links_alone_lead_to_the_notes_and_back(visit):
    page = visit(HONEY, java_script_enabled=False).page
    page.locator("#a1-s6 .ref").click()
    assert page.url.endswith("#a1-n2")
    page.locator("#a1-n2 .no").click()
    assert page.url.endswith("#a1-s6")
    assert page.get_by_role("button").count() == 0


# Closed to the world


def test_nothing_is_requested_and_nothing_complained_of(visit):
    opened = visit(HONEY, GINGER)
    opened.press("j", "k", "2", "?", "Escape", "Escape")
    opened.page.locator("#a1-n2").click()
    opened.page.wait_for_load_state("networkidle")
    assert [url.split("/")[-1] for url in opened.requests] == ["report.html"]
    assert opened.complaints == []


@pytest.mark.parametrize(
    ("smuggled", "directive"),
    [
        ("<img src='http://127.0.0.1:9/x.png'>", "img-src"),
        ("<p style='color: red'>", "style-src-attr"),
        ("<p onclick='alert()'>", "script-src-attr"),
        ("<iframe src='http://127.0.0.1:9/'></iframe>", "frame-src"),
    ],
)
def test_what_would_load_or_act_is_stopped_by_the_content_policy(visit, smuggled, directive):
    page = visit(HONEY).page
    stopped = page.evaluate(
        """html => new Promise((done) => {
            document.addEventListener("securitypolicyviolation", (e) => done(e.effectiveDirective));
            document.querySelector("article").insertAdjacentHTML("beforeend", html);
        })""",
        smuggled,
    )
    assert stopped == directive


# Filters


def test_a_filter_fades_its_sentences_and_hides_their_notes(visit):
    page = visit(HONEY).page
    filter_(page, "Overclaimed").click()
    assert filter_(page, "Overclaimed").get_attribute("aria-pressed") == "false"
    assert not page.locator("#a1-n1").is_visible() and not page.locator("#a1-s3 .ref").is_visible()
    assert page.locator("#a1-s3").is_visible()


def test_a_filter_pressed_again_brings_everything_back(visit):
    page = visit(HONEY).page
    filter_(page, "Overclaimed").click()
    filter_(page, "Overclaimed").click()
    assert page.locator(".off").count() == 0 and page.locator(".note:visible").count() == 3


def test_the_buttons_count_their_sentences(visit):
    page = visit(HONEY).page
    names = page.locator("button.key").all_inner_texts()
    assert [" ".join(n.split()) for n in names] == [
        "! Overclaimed 3",
        "~ Hedged 2",
        "✓ Supported 1",
        "· No claim 3",
    ]


def test_keys_pass_over_what_a_filter_hides(visit):
    opened = visit(HONEY)
    opened.press("1", "j")
    assert opened.current() == []
    assert opened.page.locator("#walk .place").inner_text() == "0 findings"


# Keys


def test_keys_move_through_the_findings_and_round_again(visit):
    opened = visit(HONEY)
    seen = []
    for key in ("j", "n", "j", "j", "k", "p"):
        opened.press(key)
        seen.append(opened.current())
    assert seen == [FIRST, SECOND, THIRD, FIRST, THIRD, SECOND]
    assert opened.page.locator("#walk .place").inner_text() == "2 of 3"


def test_the_focus_goes_along(visit):
    opened = visit(HONEY)
    opened.press("j", "j")
    assert opened.focused() == "#a1-n2"


def test_escape_leaves_the_finding(visit):
    opened = visit(HONEY)
    opened.press("j", "Escape")
    assert opened.current() == []


def test_a_question_mark_opens_the_help_and_escape_closes_it(visit):
    opened = visit(HONEY)
    opened.press("?")
    assert opened.page.get_by_role("dialog", name="Keys").is_visible()
    opened.press("Escape")
    assert not opened.page.get_by_role("dialog", name="Keys").is_visible()


def test_single_keys_can_be_switched_off(visit):
    opened = visit(HONEY)
    opened.press("?")
    opened.page.get_by_label("Single keys work").uncheck()
    opened.press("Escape", "j")
    assert opened.current() == []


def test_the_first_key_skips_to_the_article(visit):
    opened = visit(HONEY)
    opened.press("Tab")
    assert opened.focused() == "#a1" and opened.page.locator(".skip").is_visible()


# Jumps


def test_a_note_leads_to_its_sentence_and_the_sentence_back(visit):
    opened = visit(HONEY)
    opened.page.locator("#a1-n2 .no").press("Enter")
    assert (opened.current(), opened.focused()) == (SECOND, "#a1-n2")
    opened.page.locator("#a1-s6 .ref").press("Enter")
    assert (opened.current(), opened.focused()) == (SECOND, "#a1-s6")


def test_a_click_on_a_sentence_chooses_its_note_and_beside_it_none(visit):
    opened = visit(HONEY)
    opened.page.locator("#a1-s3 .t").click()
    assert opened.current() == FIRST
    opened.page.locator("#a1-s2").click()
    assert opened.current() == []


@pytest.mark.parametrize(("number", "found"), [(3, FIRST), (4, ["a1-s4"])])
def test_a_cell_of_the_strip_leads_to_its_sentence(visit, number, found):
    opened = visit(HONEY, viewport={"width": 900, "height": 300})
    opened.page.locator(f".cell[href='#a1-s{number}']").click()
    assert opened.current() == found
    top = opened.page.locator(f"#a1-s{number}").bounding_box()["y"]
    assert 0 < top < 300


def test_the_table_leads_to_an_article(visit):
    page = visit(HONEY, GINGER).page
    page.locator("#overview a").nth(1).click()
    assert page.url.endswith("#a2")


# Small windows, long articles, paper


def test_on_a_phone_the_chosen_note_stands_below_the_sentence_in_view(visit):
    opened = visit(HONEY, viewport=PHONE)
    opened.press("j", "j")
    sentence = opened.page.locator("#a1-s6").bounding_box()
    note = opened.page.locator("#a1-n2").bounding_box()
    assert 0 < sentence["y"] + sentence["height"] <= note["y"] < PHONE["height"] - 50


def test_a_thousand_sentences_open_and_answer_quickly(visit):
    start = time.perf_counter()
    opened = visit(LONG)
    opened.press(*"jjjjjjjjjj2233")
    assert opened.current() == ["a1-s37", "a1-n10"]
    assert time.perf_counter() - start < 10  # of a slow machine; a second or so elsewhere


def test_on_paper_the_notes_follow_the_article_and_nothing_floats(visit):
    opened = visit(HONEY)
    opened.press("j")
    opened.page.emulate_media(media="print")
    article = opened.page.locator("article").bounding_box()
    notes = opened.page.locator(".notes").bounding_box()
    assert notes["y"] >= article["y"] + article["height"]
    assert not opened.page.locator("#walk").is_visible()
    assert opened.page.locator("#a1-n1").evaluate("n => getComputedStyle(n).position") == "static"
