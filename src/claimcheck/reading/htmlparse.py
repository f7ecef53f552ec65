"""The standard library's HTML parser, made safe for any page, that knows where it is."""

import re
from html.parser import HTMLParser

_NO_REFERENCE = re.compile(r"&(?=#)(?!#(?:[0-9]{1,20}|[xX][0-9a-fA-F]{1,20})[^0-9a-fA-F])")
"""What begins like the number of a character and names none: the parser would stop there."""
_PLACEHOLDER = "\ufffc"


class PageParser(HTMLParser):
    """A parser of one whole page that never fails, and takes time in proportion to its length.

    Character references are left as they are written; ``handle_text`` is told of other text.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.html = html
        self._fed = _NO_REFERENCE.sub(_PLACEHOLDER, html)  # as long as the page
        self._lines = [0, *(found.end() for found in re.finditer("\n", html))]

    def parse(self) -> None:
        """Read the page, calling what a subclass defines to handle its parts."""
        self.feed(self._fed)
        self.close()

    def handle_text(self, start: int, end: int) -> None:
        """Handle text that stands in the page from start to end."""

    def handle_data(self, data: str) -> None:
        """See HTMLParser; text that the parser misplaces is better left out than wrong."""
        start = self.position()
        if self._fed.startswith(data, start):
            self.handle_text(start, start + len(data))

    def position(self) -> int:
        """Return where in the page the part that is being handled begins."""
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Read ``<![`` as browsers do, as a comment; the parser itself fails on unknown ones."""
        return self.parse_bogus_comment(i)

    # A tag or a comment that never ends takes the rest of the page with it, as in browsers. The
    # parser would look for its end again at every one that follows.

    def parse_starttag(self, i: int) -> int:
        """Read a tag, to the end of the page if it has none."""
        end = super().parse_starttag(i)
        return end if end >= 0 else len(self.rawdata)

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Read a comment, to the end of the page if it has none."""
        end = super().parse_comment(i, report)
        return end if end >= 0 else len(self.rawdata)

    def parse_endtag(self, i: int) -> int:
        """Read the end tag of an element, to the end of the page if it has none itself."""
        end = super().parse_endtag(i)
        return end if end >= 0 else len(self.rawdata)

    def parse_html_declaration(self, i: int) -> int:
        """Read what begins with ``<!``, to the end of the page if it has none."""
        end = super().parse_html_declaration(i)
        return end if end >= 0 else len(self.rawdata)

    def parse_pi(self, i: int) -> int:
        """Read what begins with ``<?``, to the end of the page if it has none."""
        end = super().parse_pi(i)
        return end if end >= 0 else len(self.rawdata)
