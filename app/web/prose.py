"""Markdown from packs and people, made into safe HTML."""

from __future__ import annotations

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {
    "p", "br", "hr", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre",
    "h2", "h3", "h4", "a", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


@lru_cache(maxsize=2048)
def prose(source: str, top: int = 2) -> Markup:
    """Give Markdown as HTML; headings start at level ``top``, foreign links tell nothing back."""
    tokens = _MARKDOWN.parse(source)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + top - 1, 4)}"
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return Markup(  # noqa: S704 - nh3 has just cleaned it.
        nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https", "mailto"})
    )


def without_title(source: str) -> tuple[str, str]:
    """Split "# Title" off the rest of an article."""
    first, _, rest = source.partition("\n")
    if first.startswith("# "):
        return first[2:].strip(), rest.strip()
    return "", source.strip()
