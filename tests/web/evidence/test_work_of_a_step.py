"""Forms, meetings, quizzes and checklists, each as it is done on the page of its step."""

from __future__ import annotations

from tests.web.evidence.one_campaign import Portal

FORM = "a1_can_i"


def filled(portal: Portal, **changed: str) -> dict[str, str]:
    """Give the first step's form filled lawfully."""
    step = portal.library["ru-spb-municipal"].step_by_key[FORM]
    typed = {}
    for asked in step.field:
        good = [value for value in asked.choices if value not in asked.stop]
        texts = {"date": "1990-05-04", "number": "20", "email": "a@example.org"}
        typed[f"a-{asked.key}"] = good[0] if good else texts.get(asked.type.value, "Слово")
    return {"version": "0", "action": "send", **typed, **changed}


def test_a_form_keeps_drafts_names_what_is_missing_and_counts_when_complete(
    portal: Portal,
) -> None:
    path = portal.step(FORM)
    first = next(iter(filled(portal).keys() - {"version", "action"}))
    portal.candidate.send(f"{path}/answers", {"version": "0", "action": "draft"}, start=path)
    page = portal.candidate.send(
        f"{path}/answers", {"version": "1", "action": "send"}, status=422, start=path
    )
    assert page.says("Answer this question.") or page.says("Fill this in.")
    version = page.form("/answers")["version"]
    done = {**filled(portal), "version": version}
    portal.candidate.send(f"{path}/answers", done, start=path)
    assert portal.candidate.page(path).says("accepted")
    stale = {**filled(portal), "version": "1", first: "Другое <i>слово</i>"}
    page = portal.candidate.send(
        f"{path}/answers", stale | {"action": "draft"}, status=409, start=path
    )
    assert page.says("Anna saved this form after you had opened it.")


def test_a_meeting_is_agreed_on_and_a_wrong_time_is_refused_beside_its_field(
    portal: Portal,
) -> None:
    path = portal.step(FORM)
    wrong = {"day": "2026-13-40", "time": "x", "place": "Офис"}
    page = portal.candidate.send(f"{path}/meeting", wrong, status=422, start=path)
    assert page.says("Choose a day and a time.")
    assert "Офис" in page.html
    right = {"day": "2099-05-04", "time": "18:30", "place": "Офис"}
    portal.candidate.send(f"{path}/meeting", right, start=path)
    assert portal.candidate.page(path).says("Офис")


def test_a_meeting_in_the_past_is_refused_beside_its_day(portal: Portal) -> None:
    path = portal.step(FORM)
    past = {"day": "2001-05-04", "time": "18:30", "place": "Office"}
    page = portal.candidate.send(f"{path}/meeting", past, status=422, start=path)
    assert page.error_of("day").endswith("Choose a time that is still to come.")


def test_a_quiz_tells_why_and_is_passed_with_enough_right_answers(portal: Portal) -> None:
    portal.prove(but="c3_train")
    path = portal.step("c3_train")
    questions = portal.library["ru-spb-municipal"].step_by_key["c3_train"].question
    page = portal.candidate.send(f"{path}/quiz", {}, status=422, start=path)
    assert page.says("Answer this question.")
    wrong = {
        f"q-{q.key}": next(option for option in q.options if option != q.right) for q in questions
    }
    portal.candidate.send(f"{path}/quiz", wrong, start=path)
    assert portal.candidate.page(path).says("Not quite.")
    portal.candidate.send(f"{path}/quiz", {f"q-{q.key}": q.right for q in questions}, start=path)
    assert portal.candidate.page(path).says("done")


def test_a_checklist_is_sent_only_complete(portal: Portal) -> None:
    portal.prove(but="d8_silence")
    path = portal.step("d8_silence")
    items = [item.key for item in portal.library["ru-spb-municipal"].step_by_key["d8_silence"].item]
    some = {"ticked": items[:2], "action": "send"}
    page = portal.candidate.send(f"{path}/checklist", some, status=422, start=path)
    assert page.says("Tick every line first")
    portal.candidate.send(f"{path}/checklist", {"ticked": items, "action": "send"}, start=path)
    assert portal.coordinator.page("/desk/queue").h1 == "Waiting for your check: 1"
    review = portal.review_id()
    portal.candidate.send(f"{path}/withdraw/{review}", start=path)
    late = portal.coordinator.send(
        f"/desk/reviews/{review}/accept", status=409, start="/desk/queue"
    )
    assert late.says("has withdrawn this")
