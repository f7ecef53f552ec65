"""Of a page, its article is kept, with or without the library that finds it best."""

import sys

import pytest

from claimcheck.reading import ReadOptions, read_bytes

SENTENCES = [
    "Chamomile may help some people to fall asleep sooner, a small trial of 40 adults suggests.",
    "The effect faded within a month, said the authors, who call for larger and longer studies.",
    "Doctors advise against it for people who take medicines that thin the blood, to be safe.",
]
AROUND = ("Home", "Site of the day", "Sign up", "All rights reserved", "A cup", "Cell", "Read also")


def page(article):
    return f"""<!DOCTYPE html><html><head><title>Tea</title></head><body>
    <header>Site of the day</header><nav><a href="/">Home</a></nav>
    <aside><p>Read also</p></aside>
    {article}
    <form><p>Sign up</p><input></form><footer>All rights reserved</footer></body></html>"""


ARTICLE = f"""<h1>Does tea help?</h1><p>{SENTENCES[0]}</p>
    <figure><img src="c.png"><figcaption>A cup</figcaption></figure>
    <h2>How long</h2><p>{SENTENCES[1]}</p><table><tr><td>Cell</table>
    <h2>Risks</h2><p>{SENTENCES[2]}</p><h2>References</h2><ol><li>Doe. Tea.</ol>"""
EXPECTED = [
    "Does tea help?", SENTENCES[0], "How long", SENTENCES[1], "Risks", SENTENCES[2]
]  # fmt: skip


@pytest.fixture(params=["with the library", "without it"])
def library(request, monkeypatch):
    if request.param == "without it":
        monkeypatch.setitem(sys.modules, "trafilatura", None)


def read(html, keep="main"):
    return read_bytes(html.encode(), "tea.html", "tea.html", ReadOptions(keep=keep))


@pytest.mark.parametrize("wrapped", ["<article>{}</article>", "<main>{}</main>", "<div>{}</div>"])
@pytest.mark.usefixtures("library")
def test_the_article_is_kept_and_what_surrounds_it_is_not(wrapped):
    document = read(page(wrapped.format(ARTICLE)))
    assert document.text.split("\n\n") == EXPECTED
    assert document.warnings == ("Left out: 1 table, the section “References”.",)


def test_all_of_it_is_kept_where_that_is_wanted():
    text = read(page(ARTICLE), keep="all").text
    assert all(words in text for words in (*AROUND, *EXPECTED, "References", "Doe. Tea."))


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="share large"><ul><li>Share this article with all of your friends today',
        '<div class="Newsletter"><p>Get our best stories in your inbox on every Friday morning.',
        '<section id="comments"><p>My uncle drank it and was well in a week, I tell you no lie.',
        '<div class="advertisement"><p>Our tea is the one that doctors drink at home themselves.',
    ],
)
def test_what_sites_put_into_an_article_is_left_out(furniture):
    closed = furniture + "</ul></section></div>"
    inside = f"<h1>Tea</h1><p>{SENTENCES[0]}</p>{closed}<p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p>"
    document = read(page(f"<article>{inside}</article>"))
    assert document.text.split("\n\n") == ["Tea", *SENTENCES]


def test_a_name_of_the_whole_article_leaves_nothing_out():
    html = page(f'<article class="related">{ARTICLE}</article>').replace(
        "<body>", '<body class="share comments">'
    )
    assert read(html).text.split("\n\n") == EXPECTED


@pytest.mark.usefixtures("library")
def test_a_page_that_is_all_form_is_kept_whole_and_said():
    document = read(f"<form><p>{SENTENCES[0]}</p></form>")
    assert document.text == SENTENCES[0]
    assert "No part of the page reads as its article" in document.warnings[0]


@pytest.mark.usefixtures("library")
def test_a_very_short_page_is_kept():
    assert read("<p>It helps.</p>").text == "It helps."


def test_the_library_is_there_and_finds_the_article():
    import trafilatura

    assert SENTENCES[1] in trafilatura.extract(page(ARTICLE))


def test_a_library_that_fails_is_done_without(monkeypatch):
    import trafilatura

    def fail(*_, **__):
        raise RecursionError

    monkeypatch.setattr(trafilatura, "extract", fail)
    assert read(page(f"<article>{ARTICLE}</article>")).text.split("\n\n") == EXPECTED


def test_what_the_library_leaves_out_within_the_article_is_kept_where_it_is_prose(monkeypatch):
    import trafilatura

    monkeypatch.setattr(trafilatura, "extract", lambda *_, **__: SENTENCES[0] + SENTENCES[2])
    share = '<p>Share</p><p><a href="/x">Ten teas that our readers drink every single day</a></p>'
    html = page(
        f"<h1>Tea</h1><p>{SENTENCES[0]}</p>{share}<p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p>"
    )
    assert read(html).text.split("\n\n") == ["Tea", *SENTENCES]
