"""The typesetter: a text and a look become a PDF and pages whose words are known."""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element

import cssselect2
import numpy as np
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from samples.generator.nouns import Text, Typeset
from samples.generator.typeset.look import Look, draw_look
from samples.generator.typeset.markup import Markup
from samples.generator.typeset.sheet import sheet
from samples.generator.typeset.words import PageWalk

_DEFAULT_YEAR = 2020


def typeset(text: Text, rng: np.random.Generator, look: Look | None = None) -> Typeset:
    """Set ``text`` in ``look``, or in one that an office of the year of its date could have.

    The same text, look and generator state give the same bytes. Raises KeyError when a face is not installed:
    ask ``missing_fonts`` first.
    """
    look = look or draw_look(rng, _year(text))
    markup = Markup(text, look, sheet(look))
    laid = _Tree(markup.root).render(font_config=_fonts())
    pages = tuple(PageWalk(page, markup.runs, look.face).page() for page in laid.pages)
    return Typeset(laid.write_pdf(), pages, look.record())


class _Tree(HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A document that WeasyPrint takes as a tree instead of parsing it from a string."""

    def __init__(self, root: Element) -> None:
        self.base_url = None
        self.url_fetcher = URLFetcher(allowed_protocols=())
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


@cache
def _fonts() -> FontConfiguration:
    """Return the fonts, looked up once a process."""
    return FontConfiguration()


def _year(text: Text) -> int:
    """Return the year of the date line, which says how a document of its time looks."""
    date = "".join(run.text for run in text.letterhead.place_date)
    years = re.findall(r"\b(?:19|20)\d\d\b", date)
    return int(years[-1]) if years else _DEFAULT_YEAR
