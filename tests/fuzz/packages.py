"""Word files and PDFs, whole and damaged, that come from a list of small changes.

A file is what a tuple of changes makes of a sound one, so that a failing file can be cut down to
the changes that matter. Changes to the insides come first; those to the bytes of the whole last.
"""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.texts import WORDS, mixed
from tests.reading.samples import PARAGRAPH, pdf_file, word_file

Change = tuple[Any, ...]

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DAMAGE = st.one_of(
    st.tuples(st.just("byte"), st.integers(0, 2**20), st.integers(0, 255)),
    st.tuples(st.just("cut"), st.integers(0, 2**20)),
)


def _lists(*changes: st.SearchStrategy[Change]) -> st.SearchStrategy[tuple[Change, ...]]:
    return st.lists(st.one_of(*changes), min_size=1, max_size=25).map(tuple)


def _damaged(data: bytes, changes: Sequence[Change]) -> bytes:
    damaged = bytearray(data)
    for change in changes:
        if change[0] == "byte" and damaged:
            damaged[change[1] % len(damaged)] = change[2]
        elif change[0] == "cut" and damaged:
            del damaged[change[1] % len(damaged) :]
    return bytes(damaged)


# Word files

_BODY = "word/document.xml"
with zipfile.ZipFile(BytesIO(word_file(lambda d: d.add_paragraph(PARAGRAPH)))) as _package:
    _PARTS = {name: _package.read(name) for name in _package.namelist()}
_XML = st.sampled_from(
    [
        *("<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:t xml:space='preserve'> "),
        *("<w:p><w:r><w:t>It helps. </w:t></w:r></w:p>", "<w:tab/>", "<w:br/>", "<w:cr/>"),
        *("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", "<w:sdt><w:sdtContent>", "<w:body>"),
        *("<w:pPr><w:pStyle w:val='Heading1'/></w:pPr>", "<w:pPr><w:pStyle w:val='Nope'/></w:pPr>"),
        *("<w:pPr><w:outlineLvl w:val='x'/></w:pPr>", "<w:pPr><w:outlineLvl w:val='99'/></w:pPr>"),
        *(f"<w:pPr><w:outlineLvl w:val='{'9' * 5000}'/></w:pPr>", "<w:pPr><w:outlineLvl/></w:pPr>"),
        *(
            "<w:pPr><w:numPr><w:numId w:val=''/></w:numPr></w:pPr>",
            "<w:pPr/>",
            "<w:pPr><w:pStyle/>",
        ),
        *("<w:del>", "</w:del>", "<w:ins>", "</w:ins>", "<w:hyperlink>", "</w:hyperlink>"),
        *("<w:rPr><w:vanish/></w:rPr>", "<!--", "-->", "<?x?>", "&amp;", "&#0;", "&nope;", "<x/>"),
        *("<w:noBreakHyphen/>", "<w:ptab/>", "<w:sym w:char='F0B7'/>", "<w:drawing/>"),
    ]
)
_IN_PART = st.sampled_from(
    [
        *('w:type="paragraph"', 'w:styleId="', "<w:basedOn", 'w:val="', "Heading", "<w:name", "w:"),
        *('Id="', 'Type="', 'Target="', 'ContentType="', 'PartName="', "http", "xml", "UTF-8"),
        *("<w:style ", "</w:style>", "word/", "1", '"', ">", "document.main"),
    ]
)
_PART = st.sampled_from(sorted(_PARTS))

word_changes = _lists(
    st.tuples(st.just("body"), st.one_of(_XML, WORDS)),
    st.tuples(st.just("body"), st.one_of(_XML, WORDS)),
    st.tuples(st.just("in part"), _PART, _IN_PART, st.one_of(_IN_PART, WORDS), st.integers(1, 40)),
    st.tuples(st.just("drop"), _PART),
    st.tuples(st.just("cut part"), _PART, st.integers(0, 5000)),
    _DAMAGE,
)


def word_bytes(changes: Sequence[Change]) -> bytes:
    """Return the Word file that changes make."""
    parts = dict(_PARTS)
    body = "".join(change[1] for change in changes if change[0] == "body")
    if body:
        whole = f"<w:document xmlns:w='{_SPACE}'><w:body>{body}</w:body></w:document>"
        parts[_BODY] = whole.encode(errors="replace")
    for change in changes:
        if change[0] == "in part" and change[1] in parts:
            _, name, old, new, count = change
            data = parts[name]
            parts[name] = data.replace(old.encode(), new.encode(errors="replace"), count)
        elif change[0] == "drop":
            parts.pop(change[1], None)
        elif change[0] == "cut part" and change[1] in parts:
            parts[change[1]] = parts[change[1]][: change[2]]
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return _damaged(file.getvalue(), changes)


# PDFs

_PDF = pdf_file([("Heading1", "How tea works"), ("BodyText", PARAGRAPH), ("Bullet", "It helps.")])
_OPERATOR = st.sampled_from(
    [
        *("BT ", "ET ", "/F1 12 Tf ", "/F2 1 Tf ", "/F1 0 Tf ", "/F1 -9 Tf ", "/Nope 9 Tf "),
        *("72 700 Td ", "0 -14 Td ", "0 0 Td ", "1 0 0 1 90 500 Tm ", "0 0 0 0 0 0 Tm ", "T* "),
        *("1 0 0 1 10 400 Tm ", "1 0 0 1 20 400 Tm ", "1 0 0 1 9e9 1 Tm ", "(\\225) Tj ", "Q "),
        *(f"1 0 0 1 {'9' * 400}.0 1 Tm ", f"{'9' * 400} 0 Td ", f"/F1 {'9' * 400}.0 Tf ", "q "),
        *("(It helps. ) Tj ", "(Tea) Tj ", "[(a) -300 (b)] TJ ", "(-) Tj ", "(1.) Tj ", "() Tj "),
        *(
            "100 Tz ",
            "0 Tz ",
            "14 TL ",
            "5 Ts ",
            "3 Tr ",
            "2 Tc ",
            "-2 Tw ",
            "(x) ' ",
            "Do ",
            "/X Do ",
        ),
        *("<41> Tj ", "<4> Tj ", "<< ", ">> ", "[ ", "] ", "( ", ") ", "BI ", "ID ", "EI ", "cm "),
        *(
            "null ",
            "true ",
            "/N ",
            "1 0 R ",
            "% ",
            "\n",
            "0 0 m 9 9 l S ",
            "BMC ",
            "EMC ",
            "/A BDC ",
        ),
    ]
)
_TOKEN = st.sampled_from(
    [
        *("/Length", "/Kids", "/Type", "/Page", "/Pages", "/Count", "/Parent", "/Contents", "obj"),
        *("/Font", "/Encoding", "/MediaBox", "/Resources", "/Root", "/Size", "/Filter", "/Rotate"),
        *(
            "endobj",
            "stream",
            "endstream",
            "xref",
            "trailer",
            "startxref",
            "1 0 R",
            "2 0 R",
            "6 0 R",
        ),
        *("[ ", " ]", "<<", ">>", "612", "0", "1", "-1", "99999999999", "/ASCII85Decode", "null"),
        *("/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/Subtype /Type0", "/Type1", "(x)"),
        *("/WinAnsiEncoding", "/Identity-H", "/DecodeParms << /Predictor 12 /Columns 99999999 >>"),
    ]
)

pdf_changes = _lists(
    st.tuples(st.just("draw"), st.one_of(_OPERATOR, _OPERATOR, WORDS), st.integers(1, 3)),
    st.tuples(st.just("draw"), _OPERATOR, st.integers(1, 300)),
    st.tuples(st.just("token"), _TOKEN, _TOKEN, st.integers(1, 9)),
    _DAMAGE,
)


def pdf_bytes(changes: Sequence[Change]) -> bytes:
    """Return the PDF that changes make."""
    drawn = "".join(change[1] * change[2] for change in changes if change[0] == "draw")
    data = _drawn(drawn.encode("cp1252", errors="replace")) if drawn else _PDF
    for change in changes:
        if change[0] == "token":
            data = data.replace(change[1].encode(), change[2].encode(), change[3])
    return _damaged(data, changes)


def _drawn(content: bytes) -> bytes:
    """Return a PDF of one page with this content; readers find its objects without a table."""
    fonts = b"/F1 4 0 R /F2 5 0 R"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 612 792 ] /Contents 6 0 R "
        b"/Resources << /Font << " + fonts + b" >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold >>",
        b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R /Size 7 >>\n%%EOF"


noise = st.one_of(
    st.binary(max_size=400),
    st.tuples(
        mixed(longest=5_000),  # it is read as every kind of file within one time limit
        st.sampled_from(["utf-8", "utf-16", "utf-32", "cp1252", "cp850", "gb18030", "utf-7"]),
    ).map(lambda pair: pair[0].encode(pair[1], errors="replace")),
)
"""Bytes of any kind, or text in any encoding."""
