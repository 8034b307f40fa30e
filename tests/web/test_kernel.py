"""The kernel: languages, error pages, headers, proofs of origin, and routes without a policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import Tag
from flask import Flask
from werkzeug.wrappers import Response

from app.access import Holds, Permission, Public
from app.config import Settings
from app.errors import Conflict, Forbidden, Missing, Refused, Unavailable
from app.texts import N_
from app.web.database import writing
from app.web.errors import TITLES
from app.web.headers import CONTENT_SECURITY_POLICY
from app.web.program import assemble, bare_kernel
from app.web.routing import Section, UndeclaredAccess
from tests.page import CheckingClient, Page, client_of
from tests.web.small_program import a_small_program

ANYBODY = Public(because="a test of the kernel")
FAILURES: dict[str, Exception] = {
    "403": Forbidden(),
    "404": Missing(),
    "409": Conflict(N_("Somebody was faster")),
    "422": Refused(None, N_("This can’t be taken as it is")),
    "503": Unavailable(N_("Not available just now")),
    "500": RuntimeError("the words of an accident"),
}
LANGUAGES = {"en": "There is no such page", "ru": "Такой страницы нет"}


def language_of(page: Page) -> str:
    found = page.soup.find("html")
    assert isinstance(found, Tag)
    return str(found["lang"])


def a_failing_section() -> Section:
    section = Section("failing", __name__)

    @section.get("/fail/<what>", access=ANYBODY)
    def fail(what: str) -> Response:
        raise FAILURES[what]

    @section.post("/take", access=ANYBODY)
    def take() -> Response:
        return Response("taken")

    @section.get("/write", access=ANYBODY)
    def write() -> Response:
        with writing():
            return Response("written")

    @section.get("/closed", access=Holds(Permission.QUEUE_READ))
    def closed() -> Response:
        return Response("open")

    @section.post("/closed", access=Holds(Permission.QUEUE_READ))
    def close() -> Response:
        return Response("sent")

    return section


@pytest.fixture
def small(settings: Settings) -> Iterator[CheckingClient]:
    """A visitor's browser in a program that fails as asked."""
    with a_small_program(settings, a_failing_section()) as app:
        yield client_of(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", FAILURES)
def test_every_failure_has_a_page_of_its_own_words(
    small: CheckingClient, what: str, language: str
) -> None:
    page = small.page(f"/fail/{what}", status=int(what), headers={"Accept-Language": language})
    assert language_of(page) == language
    cyrillic = any("а" <= sign <= "я" for sign in page.h1.lower())
    assert cyrillic is (language == "ru")
    if language == "en":
        assert page.h1 == TITLES[int(what)].replace("\u00a0", " ")


def test_the_words_of_an_accident_are_not_shown(small: CheckingClient) -> None:
    assert "accident" not in small.page("/fail/500", status=500).html


def test_an_unknown_address_is_404_in_both_languages(small: CheckingClient) -> None:
    titles = {
        small.page("/nowhere", status=404, headers={"Accept-Language": language}).h1
        for language in LANGUAGES
    }
    assert len(titles) == 2


def test_a_wrong_method_is_405_and_says_which_are_right(small: CheckingClient) -> None:
    page = small.page("/take", status=405)
    assert "POST" in page.response.headers["Allow"]


def test_a_body_that_is_too_big_is_413(settings: Settings) -> None:
    tight = settings.model_copy(update={"upload_limit_bytes": 1024})
    with a_small_program(tight, a_failing_section()) as app:
        client = client_of(app)
        assert client.post("/take", data={"a": "x" * 5_000}).status_code == 413


def test_a_form_without_its_token_is_403(small: CheckingClient) -> None:
    assert small.post("/take", data={"a": "1"}).status_code == 403


def test_a_form_of_an_earlier_session_says_how_to_keep_what_was_typed(
    small: CheckingClient,
) -> None:
    answer = small.post(
        "/take",
        data={"a": "1", "csrf_token": "of-an-earlier-session"},
        headers={"Accept-Language": "en"},
    )
    assert answer.status_code == 403
    assert "This form is out of date" in answer.text
    # Reloading would empty the fields, and nobody else's page was asked for.
    assert "without reloading" in answer.text
    assert "not yours to open" not in answer.text


def sent_stale(browser: CheckingClient, path: str, came_from: str = "") -> str | None:
    """Send a form of an earlier session; give where the page leads back to."""
    headers = {"Referer": came_from} if came_from else {}
    page = Page(browser.post(path, data={"a": "1"}, headers={**headers, "Accept-Language": "en"}))
    assert page.status == 403 and page.says("Nothing was saved")
    found = page.soup.find("a", string="Open the page of the form")
    return str(found["href"]) if isinstance(found, Tag) else None


def test_a_form_of_an_earlier_session_leads_back_to_its_page(small: CheckingClient) -> None:
    form = "/closed?page=2&q=%D1%91"
    assert sent_stale(small, "/take", f"http://localhost{form}") == form
    # Where the browser does not say it, the form's own address is the way if a page is there.
    assert sent_stale(small, "/closed") == "/closed"
    assert sent_stale(small, "/take") is None


@pytest.mark.parametrize(
    "came_from",
    [
        "https://evil.example.org/closed",
        "https://localhost/closed",
        "http://localhost.evil.example.org/closed",
        "http://localhost@evil.example.org/closed",
        "http://localhost//evil.example.org/closed",
        "http://localhost/\\evil.example.org",
        "http://[evil",
        "javascript:alert(1)",
        "http://localhost/nowhere",
        "http://localhost/take",
    ],
)
def test_the_way_back_from_a_stale_form_leads_nowhere_foreign(
    small: CheckingClient, came_from: str
) -> None:
    assert sent_stale(small, "/take", came_from) is None


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_host_that_is_not_ours_is_answered_shortly_and_is_no_accident(
    settings: Settings, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    with a_small_program(settings, a_failing_section()) as app:
        app.config["TRUSTED_HOSTS"] = ["mandat.example.org"]
        answer = app.test_client().open("/take", method=method, headers={"Host": "198.51.100.7"})
    assert answer.status_code == 400 and TITLES[400] in answer.text
    assert "198.51.100.7" not in answer.text and caplog.records == []


def test_a_form_sent_after_the_session_ended_is_told_of_and_led_back_to(
    settings: Settings,
) -> None:
    with a_small_program(settings, a_failing_section()) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        browser = client_of(app)
        answer = browser.post("/closed", data={"a": "1"}, headers={"Accept-Language": "en"})
        assert answer.location == "/sign-in?next=/closed" and answer.status_code == 303
        page = browser.page("/gallery", headers={"Accept-Language": "en"})
        assert page.says("You were signed out when you sent the form: nothing was saved.")
        told = page.soup.find(attrs={"data-failed": True})
        assert isinstance(told, Tag) and "signed out" in told.get_text()
        # What a script sends is not told of on some later page.
        for quiet in ({"json": {}}, {"data": {"a": "1"}, "headers": {"HX-Request": "true"}}):
            assert browser.post("/closed", **quiet).location == "/sign-in"
        assert not browser.page("/gallery").soup.find(attrs={"data-failed": True})


def test_a_get_can_not_write(small: CheckingClient) -> None:
    assert small.get("/write").status_code == 500


def test_a_visitor_is_sent_to_sign_in_and_back(small: CheckingClient) -> None:
    answer = small.get("/closed?page=2")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=%2Fclosed%3Fpage%3D2"


def test_the_chosen_language_beats_the_browser(small: CheckingClient) -> None:
    small.get("/language/ru?next=/nowhere")
    page = small.page("/nowhere", status=404, headers={"Accept-Language": "en"})
    assert language_of(page) == "ru"


@pytest.mark.parametrize(
    ("asked", "given"),
    [("ru-RU,ru;q=0.9,en;q=0.8", "ru"), ("en-GB", "en"), ("de", "ru"), ("", "ru")],
)
def test_the_browser_s_language_is_taken(small: CheckingClient, asked: str, given: str) -> None:
    page = small.page("/nowhere", status=404, headers={"Accept-Language": asked})
    assert language_of(page) == given


def test_an_unknown_language_is_404(small: CheckingClient) -> None:
    assert small.get("/language/xx").status_code == 404


@pytest.mark.parametrize(
    "target", ["//evil.example.org", "https://evil.example.org", "/\\evil.example.org", "evil", ""]
)
def test_the_language_switch_leads_to_no_foreign_place(small: CheckingClient, target: str) -> None:
    answer = small.get("/language/en", query_string={"next": target})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("path", ["/gallery", "/nowhere", "/fail/500", "/closed", "/language/en"])
def test_every_answer_carries_the_policy_and_says_what_it_varies_by(
    small: CheckingClient, path: str
) -> None:
    answer = small.get(path)
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert {"Cookie", "HX-Request", "Accept-Language"} <= set(answer.vary)


def test_the_policy_allows_nothing_inline() -> None:
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def assembled(settings: Settings, section: Section) -> Flask:
    kernel = bare_kernel(settings)
    try:
        return assemble(kernel, [section])
    finally:
        kernel.database.dispose()


def test_a_route_without_a_policy_stops_the_program(settings: Settings) -> None:
    section = Section("careless", __name__)
    section.add_url_rule("/open", "open", lambda: "open")
    with pytest.raises(UndeclaredAccess, match="/open"):
        assembled(settings, section)


def test_a_route_can_not_be_written_without_a_policy() -> None:
    section = Section("careless", __name__)
    with pytest.raises(TypeError, match="access"):
        section.get("/open")  # type: ignore[call-arg]
