"""What HTML elements are: blocks, items, unseen, or what surrounds an article."""

import re

from claimcheck.document import BlockKind

Attributes = dict[str, str | None]


def _names(tags: str) -> frozenset[str]:
    return frozenset(tags.split())


VOID = _names("area base br col embed frame hr img input link meta param source track wbr")
_NEVER = _names(
    "applet audio canvas iframe math noframes noscript object script select style svg template "
    "textarea title video datalist button"
)
_ASIDE = _names("aside dialog figure footer form menu nav table")
_ASIDE_ROLES = _names("banner complementary contentinfo dialog navigation search")
_ASIDE_NAMES = _names(
    "ad ads advert advertisement breadcrumb breadcrumbs comments cookie-banner cookie-notice "
    "disqus_thread newsletter newsletter-signup related related-articles related-links "
    "share share-buttons sharing social social-share"
)
"""Classes and ids of what surrounds an article, as most sites name it."""
_ARTICLE = frozenset(("article", "main"))
_WHOLE = _names("html body article main")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form head header hgroup hr html legend li main menu nav ol p pre "
    "section summary table tbody td tfoot th thead tr ul"
) | frozenset(_HEADINGS)
_LIST_ITEMS = frozenset(("li", "dd", "dt"))
ENDS = {
    "li": (("li",), ("ul", "ol", "menu")),
    "dd": (("dd", "dt"), ("dl",)),
    "dt": (("dd", "dt"), ("dl",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    "tr": (("tr",), ("table",)),
}
"""For elements whose end tag may be left out: what they end, and what keeps the two apart."""


def kind_of(tag: str) -> tuple[BlockKind, int] | None:
    """Return what an element makes of the text in it, with the level of a heading."""
    if tag in _HEADINGS:
        return BlockKind.HEADING, _HEADINGS[tag]
    if tag == "blockquote":
        return BlockKind.QUOTATION, 0
    return (BlockKind.LIST_ITEM, 0) if tag in _LIST_ITEMS else None


def roles_of(tag: str, attributes: Attributes, in_article: bool) -> tuple[str, ...]:
    """Return what an element counts as: ``NEVER`` shown, ``ASIDE``, ``ARTICLE``, or none of them.

    Args:
        tag: in lower case.
        attributes: by their names in lower case.
        in_article: whether it lies in an element that counts as ``ARTICLE``.

    """
    roles = []
    if tag in _NEVER or _is_hidden(attributes):
        roles.append("NEVER")
    if _is_aside(tag, attributes, in_article):
        roles.append("ASIDE")
    if tag in _ARTICLE or attributes.get("role") in _ARTICLE:
        roles.append("ARTICLE")
    return tuple(roles)


def _is_hidden(attributes: Attributes) -> bool:
    style = re.sub(r"\s", "", attributes.get("style") or "").lower()
    unseen = "display:none" in style or "visibility:hidden" in style
    return unseen or "hidden" in attributes or attributes.get("aria-hidden") == "true"


def _is_aside(tag: str, attributes: Attributes, in_article: bool) -> bool:
    outer_header = tag == "header" and not in_article
    if tag in _ASIDE or outer_header or attributes.get("role") in _ASIDE_ROLES:
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
    return tag not in _WHOLE and not _ASIDE_NAMES.isdisjoint(named)
