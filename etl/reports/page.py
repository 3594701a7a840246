"""A news page to the article's text and what the page says about it."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_HEAD_BYTES = 4096
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
# lxml and trafilatura walk the tree by recursion in places; a page of this many elements is no article.
_MOST_ELEMENTS = 200_000
_LONGEST_JSON_LD = 200_000
# Short wire reports make trafilatura fall back to all words of the page, menus included.
_NOT_ARTICLE = ("//nav", "//footer", "//aside", "//form")
_TIME_PATHS = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='date' or @name='pubdate' or @name='dc.date' or @name='DC.date.issued']/@content",
    "//time[@itemprop='datePublished']/@datetime",
    "//article//time[@pubdate]/@datetime",
)


@dataclass(frozen=True, slots=True)
class Page:
    """An article as its page gives it; null where the page does not say. ``published`` is the words of the page."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page's own ``meta`` element names, if Python knows it."""
    match = _CHARSET.search(data[:_HEAD_BYTES])
    if match is None:
        return None
    try:
        found = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    # Browsers read Latin-1 as Windows-1252, so pages that declare the one are written in the other.
    return "cp1252" if found in {"iso8859-1", "ascii"} else found


def read_page(html: str) -> Page:
    """The article of a page. Raises :class:`~etl.errors.SourceError` where no article can be found in it.

    The text comes from trafilatura without comments. The time is the one the page declares (``article:published_time``,
    JSON-LD ``datePublished``, a ``time`` element); one found in an address or a footer would be a guess in silence.
    """
    import trafilatura  # noqa: PLC0415 - takes half a second to load, which runs without pages need not spend
    from lxml import etree  # noqa: PLC0415 - loaded with it
    from trafilatura.utils import load_html  # noqa: PLC0415 - loaded with it

    html = _XML_DECLARATION.sub("", html.replace("\x00", ""))
    try:
        tree = load_html(html)
        if tree is None:
            raise SourceError("no HTML page", remedy="check what was saved")
        if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
            raise SourceError(f"a page of more than {_MOST_ELEMENTS} elements", remedy="save the article alone")
        published = _published(tree)
        language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        found = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=True, prune_xpath=list(_NOT_ARTICLE)
        )
    # What a hostile tree makes the libraries raise is not one kind of error; the page is set aside for any of them.
    except (
        etree.LxmlError,
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        RecursionError,
        AssertionError,
    ) as error:
        raise SourceError(
            f"the page cannot be read ({type(error).__name__})", remedy="save the article alone"
        ) from error
    if found is None or isinstance(found, dict) or not found.text:
        raise SourceError("no article found in the page", remedy="save the article's text")
    return Page(
        text=found.text,
        title=found.title,
        publisher=found.sitename or found.hostname,
        published=published,
        url=found.url,
        language=language,
    )


def _published(tree: HtmlElement) -> str | None:
    for path in _TIME_PATHS:
        for value in tree.xpath(path):
            if value.strip():
                return str(value).strip()
    return next(_json_ld_times(tree), None)


def _json_ld_times(tree: HtmlElement) -> Iterator[str]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        if not script.text or len(script.text) > _LONGEST_JSON_LD:
            continue
        try:
            value = json.loads(script.text)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common, and the page's text stands without it
        members = value if isinstance(value, list) else [value]
        for member in members:
            graph = member.get("@graph") if isinstance(member, dict) else None
            for thing in [member, *(graph if isinstance(graph, list) else [])]:
                time = thing.get("datePublished") if isinstance(thing, dict) else None
                if isinstance(time, str):
                    yield time
