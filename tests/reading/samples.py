"""Files of every format, made by the libraries that write them."""

from collections.abc import Callable, Iterable
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

PARAGRAPH = (
    "Chamomile may help some people fall asleep, a small trial of 40 adults suggests. The effect "
    "was small and it faded within a month, said the authors, who call for larger studies."
)


def word_file(build: Callable[[WordDocument], object]) -> bytes:
    """Return a Word file that a function has filled."""
    document = docx.Document()
    build(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def pdf_file(
    flow: Iterable[tuple[str, str]],
    decorate: Callable[[Canvas, int], object] = lambda canvas, page: None,
    **options: object,
) -> bytes:
    """Return a PDF of pairs of a style's name and a text; decorate draws on each page."""
    styles = getSampleStyleSheet()
    file = BytesIO()
    template = SimpleDocTemplate(file, **options)
    story = [
        Paragraph(text, styles[style], bulletText="•" if style == "Bullet" else None)
        for style, text in flow
    ]

    def on_page(canvas: Canvas, template: SimpleDocTemplate) -> None:
        decorate(canvas, template.page)

    template.build(story, onFirstPage=on_page, onLaterPages=on_page)
    return file.getvalue()


def drawn_pdf(draw: Callable[[Canvas], object], **options: object) -> bytes:
    """Return a PDF that a function has drawn."""
    file = BytesIO()
    canvas = Canvas(file, **options)
    draw(canvas)
    canvas.save()
    return file.getvalue()
