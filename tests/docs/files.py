"""The files that the documents' examples are about, written into a folder."""

import shutil
from io import BytesIO
from pathlib import Path

from tests.conftest import SAMPLE

TITLE = "Linden tea before bed"
PARAGRAPHS = (
    "Linden blossom has been sold as an evening tea for centuries. In a trial of 84 adults at "
    "Halden University, those who drank it fell asleep four minutes sooner than those who drank "
    "warm water. It may help some people relax, although small studies cannot settle that.",
    "Linden tea ends insomnia for good and never has a side effect. Doctors everywhere agree "
    "that it is a miracle for the heart.",
)
MENDED = PARAGRAPHS[1].replace(
    "ends insomnia for good and never has a side effect",
    "may ease insomnia for a night and may have a side effect",
)
MARKED = f"""\
# {TITLE}

<!-- claimcheck: ignore-next -->
> Linden tea is a breakthrough that will change sleep medicine for ever.

{PARAGRAPHS[0]}

<!-- claimcheck: off -->
From our sponsor: {PARAGRAPHS[1]}
<!-- claimcheck: on -->

"Linden is safe for everybody." That is what the label says.
"""


def write_files(folder: Path) -> None:
    """Write one article in every format, two drafts of it, and a folder of drafts."""
    texts = {
        "article.txt": "\n\n".join((TITLE, *PARAGRAPHS)),
        "article.md": "\n\n".join((f"# {TITLE}", *PARAGRAPHS)),
        "article.html": _page(),
        "first.txt": "\n\n".join((TITLE, *PARAGRAPHS)),
        "second.txt": "\n\n".join((TITLE, PARAGRAPHS[0], MENDED)),
        "marked.md": MARKED.rstrip("\n"),
        "drafts/linden.md": "\n\n".join((f"# {TITLE}", *PARAGRAPHS)),
        "drafts/garden.md": "# The garden\n\nThe gate opens at nine. Bring a hat.",
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", "utf-8")
    (folder / "article.docx").write_bytes(_word())
    (folder / "article.pdf").write_bytes(_pdf())
    (folder / "examples").mkdir()
    shutil.copy(SAMPLE, folder / "examples")


def _page() -> str:
    article = "\n".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body>\n'
        '<nav><a href="/">Home</a></nav>\n'
        f"<article><h1>{TITLE}</h1>\n{article}\n</article>\n</body></html>"
    )


def _word() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(TITLE, 1)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf() -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    out = BytesIO()
    flow = [Paragraph(TITLE, styles["Heading1"])]
    flow += [Paragraph(p, styles["BodyText"]) for p in PARAGRAPHS]
    SimpleDocTemplate(out).build(flow)
    return out.getvalue()
