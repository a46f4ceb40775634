"""The reading room: pages to search, browse and read documents, without any way to change something."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from pipeline.errors import UsageError
from pipeline.review import views
from pipeline.review.blind import WITHHELD, withheld
from pipeline.review.desk import Desk, UnknownItemError
from pipeline.review.guard import session_of
from pipeline.review.words import LANGUAGES, words
from pipeline.search import Hits, Search, open_search
from pipeline.search.find import TooBroadError, mark
from pipeline.search.wording import LONGEST_QUERY, parse

Language = Literal["vi", "en"]
Asked = Annotated[str, Query(max_length=LONGEST_QUERY)]
Skipped = Annotated[int, Query(ge=0, le=1_000_000)]
DocId = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
A_PAGE = 20
DOCUMENTS_A_PAGE = 50


class Library:
    """The search over a desk's tables, opened when somebody first asks for it."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk whose documents are shown."""
        self.desk = desk
        self._search: Search | None = None

    @property
    def search(self) -> Search:
        """The search; the index is built on first use."""
        if self._search is None:
            self._search = open_search(self.desk.root / "dataset")
        return self._search


def reading_room(app: FastAPI, library: Library, templates: Environment, *, read_only: bool) -> None:
    """Add the pages to ``app``; with ``read_only`` they do not point at the review either, which is not there then."""

    def laid_out(request: Request, name: str, lang: str, **more: Any) -> HTMLResponse:
        other = next(code for code in LANGUAGES if code != lang)
        switched = request.url.include_query_params(lang=other)
        held = templates.get_template(name).render(
            lang=lang, words=words(lang), read_only=read_only, switched=f"{switched.path}?{switched.query}",
            other=other, **more,
        )  # fmt: skip
        return HTMLResponse(held)

    @app.get("/search", response_class=HTMLResponse)
    def search(
        request: Request,
        q: Asked = "",
        marks: Literal["", "yes", "no"] = "",
        skip: Skipped = 0,
        lang: Language = "vi",
    ) -> HTMLResponse:
        found: Hits | None = None
        trouble = ""
        if q.strip():
            wanted = {"yes": True, "no": False}.get(marks)
            try:
                found = library.search.find(q, marks=wanted, limit=A_PAGE, skip=skip)
            except TooBroadError:
                trouble = "library.too_broad"
            except UsageError:
                trouble = "library.nothing_asked"
        if found is not None:
            found = _unread(library.desk, session_of(request).who, found)
        return laid_out(
            request, "search.html", lang, q=q, marks=marks, skip=skip, found=found, trouble=trouble,
            a_page=A_PAGE,
        )  # fmt: skip

    @app.get("/browse", response_class=HTMLResponse)
    def browse(
        request: Request,
        province: Asked = "",
        district: Asked = "",
        year: Annotated[str, Query(pattern=r"^\d{0,4}$")] = "",
        skip: Skipped = 0,
        lang: Language = "vi",
    ) -> HTMLResponse:
        room = library.search
        total, documents = room.documents(
            province=province,
            district=district,
            year=int(year) if year else None,
            limit=DOCUMENTS_A_PAGE,
            skip=skip,
        )
        who = session_of(request).who
        library.desk.follow()
        documents = [withheld(library.desk, who, one.doc_id).of(one) for one in documents]
        return laid_out(
            request, "browse.html", lang, province=province, district=district, year=year, skip=skip, total=total,
            documents=documents, provinces=room.choices("province"), districts=room.choices("district", province),
            years=room.choices("year"), a_page=DOCUMENTS_A_PAGE,
        )  # fmt: skip

    @app.get("/read/{doc_id}", response_class=HTMLResponse)
    def read(
        request: Request,
        doc_id: DocId,
        q: Asked = "",
        marks: Literal["", "yes", "no"] = "",
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
        lang: Language = "vi",
    ) -> HTMLResponse:
        desk = library.desk
        desk.follow()
        who = session_of(request).who
        told = views.document(desk, doc_id, who)  # raises UnknownItemError for what is restricted
        document = library.search.documents_of([doc_id]).get(doc_id)
        if document is None:
            raise UnknownItemError
        try:
            query = parse(q, {"yes": True, "no": False}.get(marks))
        except UsageError:
            query = None

        unseen = withheld(desk, who, doc_id)

        def lit(text: str) -> Any:
            return mark(text, query) if query and text else ((text, False),) if text else ()

        document = unseen.of(document)
        passages = [
            replace(part, text=WITHHELD) if part.section in unseen.sections else part
            for part in library.search.passages(doc_id)
            if part.section
        ]
        values = [row for row in told["fields"] if row["value"]["state"] not in ("absent", "")]
        return laid_out(
            request, "read.html", lang, q=q, marks=marks, document=document, told=told, lit=lit, passages=passages,
            values=values, page=min(page, told["pages"] or 1), last=told["pages"] or 1,
        )  # fmt: skip


def _unread(desk: Desk, who: str, found: Hits) -> Hits:
    """Return what was found without what ``who`` must not see."""
    desk.follow()
    hits = []
    for hit in found.hits:
        unseen = withheld(desk, who, hit.document.doc_id)
        snippet = ((WITHHELD, False),) if hit.section in unseen.sections else hit.snippet
        hits.append(replace(hit, document=unseen.of(hit.document), snippet=snippet))
    return replace(found, hits=tuple(hits))
