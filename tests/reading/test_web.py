"""A page is fetched within a time and a size, over http and https, and read by what it is."""

import gzip
import socket
import ssl
import time

import pytest

from claimcheck import __version__
from claimcheck.errors import InputError
from claimcheck.reading import ReadOptions, read_address
from tests.reading.samples import PARAGRAPH, pdf_file, word_file
from tests.reading.server import Answer, serve

TEA_PDF = pdf_file([("BodyText", PARAGRAPH)])
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def refused(url, **options):
    with pytest.raises(InputError) as caught:
        read_address(url, ReadOptions(**options))
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("path", "answer", "text"),
    [
        ("/a", Answer(b"<p>It <b>may</b> help.", "text/html; charset=utf-8"), "It may help."),
        ("/a", Answer(b"It *may* help.", "text/plain"), "It *may* help."),
        ("/a.md", Answer(b"It *may* help.", "text/plain"), "It may help."),
        ("/a", Answer(b"It *may* help.", "text/markdown"), "It may help."),
        ("/a.html", Answer(b"<p>It may help."), "It may help."),
        ("/a", Answer(TEA_PDF, "application/pdf"), PARAGRAPH),
        ("/a", Answer(word_file(lambda d: d.add_paragraph(PARAGRAPH)), WORD), PARAGRAPH),
        ("/a.pdf", Answer(TEA_PDF, "application/octet-stream"), PARAGRAPH),
    ],
)  # fmt: skip
def test_the_content_type_says_how_it_is_read(path, answer, text):
    with serve({path: answer}) as root:
        document = read_address(root + path)
    assert document.text == text and document.origin == root + path


def test_the_encoding_that_the_server_names_is_used():
    page = '<meta charset="koi8-r"><p>Чай помогает.'.encode("cp1251")
    with serve({"/": Answer(page, "text/html; charset=windows-1251")}) as root:
        assert read_address(root + "/").text == "Чай помогает."


def test_claimcheck_says_who_asks():
    asked = []
    with serve({"/": Answer(b"It helps.", "text/plain")}, asked) as root:
        read_address(root + "/")
    assert asked[0]["User-Agent"] == f"claimcheck/{__version__}"


def test_an_address_may_hold_spaces_letters_with_accents_and_a_fragment():
    with serve({"/th%C3%A9%20vert?a=b": Answer(b"It helps.", "text/plain")}) as root:
        assert read_address(f"{root}/thé vert?a=b#top").text == "It helps."


def test_a_packed_page_is_unpacked_and_its_unpacked_size_counts():
    packed = Answer(
        gzip.compress(b"tea " * 9000), "text/plain", headers={"Content-Encoding": "gzip"}
    )
    with serve({"/": packed}) as root:
        assert len(read_address(root + "/").text) == 36_000
        assert "larger than the limit" in refused(root + "/", max_bytes=35_000)


def test_five_redirects_are_followed_and_a_sixth_is_not():
    answers = {f"/{i}": Answer(status=302, headers={"Location": f"/{i + 1}"}) for i in range(6)}
    with serve({**answers, "/6": Answer(b"It helps.", "text/plain")}) as root:
        assert read_address(root + "/1").text == "It helps."
        assert "redirects more than 5 times" in refused(root + "/0")


def test_a_redirect_to_another_site_is_said():
    with serve({"/": Answer(b"It helps.", "text/plain")}) as root:
        elsewhere = root.replace("127.0.0.1", "localhost")
        with serve({"/": Answer(status=301, headers={"Location": f"{elsewhere}/"})}) as first:
            document = read_address(first + "/")
    assert document.warnings == (f"The address led to another site: {elsewhere}/",)


@pytest.mark.parametrize(
    "target", ["file:///etc/hosts", "ftp://127.0.0.1/a", "data:text/plain,a", "http://["]
)
def test_a_redirect_away_from_the_web_is_refused(target):
    with serve({"/": Answer(status=302, headers={"Location": target})}) as root:
        assert "only http:// and https://" in refused(root + "/")


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "check the address"), (403, "save the page"), (503, "try again later")],
)
def test_an_error_of_the_server_is_passed_on_with_advice(status, said):
    with serve({"/": Answer(status=status)}) as root:
        message = refused(root + "/")
    assert str(status) in message and said in message


def test_what_cannot_be_read_is_refused_by_its_type():
    with serve({"/": Answer(b"\x89PNG", "image/png")}) as root:
        assert "is image/png, which cannot be read" in refused(root + "/")


def test_a_type_folded_over_two_lines_is_known_by_its_first_word():
    folded = "text/plain\r\n folded"
    with serve({"/": Answer(b"It helps.", folded)}) as root:
        assert read_address(root + "/").text == "It helps."
    with serve({"/": Answer(b"It helps.", folded.replace("text", "tea"))}) as root:
        assert "is tea/plain, which cannot be read" in refused(root + "/")


@pytest.mark.parametrize(("name", "status"), [("Content-Encoding", 200), ("Location", 302)])
def test_what_is_refused_for_a_folded_header_is_refused_in_one_line(name, status):
    folded = Answer(b"It helps.", "text/plain", status, {name: "tea:\r\n folded"})
    with serve({"/": folded}) as root:
        assert "tea: folded" in refused(root + "/")


def test_a_page_that_breaks_off_is_refused():
    with serve({"/": Answer(b"It", "text/plain", headers={"Content-Length": "9"})}) as root:
        assert "broke off" in refused(root + "/")


def test_a_server_that_trickles_is_left_when_the_time_is_over():
    with socket.create_server(("127.0.0.1", 0)) as server:
        started = time.monotonic()
        message = refused(f"http://127.0.0.1:{server.getsockname()[1]}/", timeout=0.3)
    assert "within 0.3 seconds" in message and time.monotonic() - started < 3


def test_the_time_counts_for_the_lookup_of_a_name_too(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(2))
    started = time.monotonic()
    assert "within 0.2 seconds" in refused("http://tea.example/", timeout=0.2)
    assert time.monotonic() - started < 1.5


def test_a_name_that_nobody_has_is_said(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "no site has the name tea.example" in refused("http://tea.example/a")


def test_a_refused_connection_is_said():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert "refused the connection" in refused(f"http://127.0.0.1:{port}/")


def test_a_server_without_encryption_is_said():
    with serve({"/": Answer(b"It helps.")}) as root:
        message = refused(root.replace("http:", "https:") + "/")
    assert "secure connection" in message


def test_a_certificate_that_nobody_vouches_for_is_said(monkeypatch):
    def unverified(*_, **__):
        error = ssl.SSLCertVerificationError(1, "certificate verify failed")
        error.verify_message = "self-signed certificate"
        raise error

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", unverified)
    with socket.create_server(("127.0.0.1", 0)) as server:
        message = refused(f"https://127.0.0.1:{server.getsockname()[1]}/")
    assert message.endswith("has no valid certificate: self-signed certificate")


@pytest.mark.parametrize("url", ["ftp://a.b/c", "http://", "http://[::1", "http://a.b:x/", "tea"])
def test_what_is_no_web_address_is_refused(url):
    assert url in refused(url)
