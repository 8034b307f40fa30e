"""The page of one conversation: as the campaign reads it, and as those who answer do."""

from __future__ import annotations

from flask import url_for
from sqlalchemy.orm import Session

from app.access import Permission
from app.accounts.queries import CampaignRow, get_campaign
from app.errors import Missing
from app.web.access import viewer
from app.web.kernel import part
from app.web.language import current_language
from app.web.templating import use_zone
from quests.help import queries
from quests.help.forms import AnswerForm, ArticleForm, FurtherForm
from quests.help.pages import QuestionPage
from quests.help.queries import QuestionRow, Turn
from quests.route.library import PackLibrary

LONGEST_TITLE = 200


def team_page(
    session: Session, campaign: CampaignRow, question_id: int, form: FurtherForm | None = None
) -> QuestionPage:
    """Give a conversation as a campaign's pages show it; ``form`` is a refused one."""
    found = queries.get_question_for(session, viewer(), campaign, question_id)
    own = found.own and found.campaign_id == campaign.id
    asks = viewer().may(Permission.QUESTION_ASK, campaign.scope)
    return QuestionPage(
        question=found,
        turns=queries.thread(session, found),
        step=_step(found),
        step_href=url_for("route.step", campaign_id=campaign.id, key=found.step_key),
        back_href=url_for("help.questions", campaign_id=campaign.id),
        base=url_for("help.question", campaign_id=campaign.id, question_id=found.id),
        at_desk=False,
        form=(form or FurtherForm(formdata=None)) if own else None,
        may_rate=asks and found.state == "answered",
        may_hide=own and found.public,
        may_show=own and not found.public,
        article_form=None,
        articles=(),
    )


def desk_page(
    session: Session,
    question_id: int,
    *,
    form: AnswerForm | None = None,
    article_form: ArticleForm | None = None,
) -> QuestionPage:
    """Give a conversation as those who answer see it; the forms are refused ones.

    Raises Missing when the viewer may not answer it.
    """
    found = queries.get_question(session, viewer(), question_id)
    if not found.may_answer:
        raise Missing
    campaign = get_campaign(session, viewer(), found.campaign_id, Permission.QUESTION_ANSWER)
    use_zone(campaign.timezone)
    turns = queries.thread(session, found)
    edits = viewer().may(Permission.HELP_EDIT, found.scope)
    articles = queries.articles_of_question(session, found) if edits else ()
    publishes = edits and found.state == "answered"
    return QuestionPage(
        question=found,
        turns=turns,
        step=_step(found),
        step_href=url_for("route.step", campaign_id=campaign.id, key=found.step_key),
        back_href=url_for("help.inbox"),
        base=url_for("help.desk_question", question_id=found.id),
        at_desk=True,
        form=form or AnswerForm(formdata=None),
        may_rate=False,
        may_hide=found.public,
        may_show=False,
        article_form=(article_form or _draft(found, turns)) if publishes else None,
        articles=tuple((one.id, one.title) for one in articles),
    )


def _draft(found: QuestionRow, turns: tuple[Turn, ...]) -> ArticleForm:
    last = next((turn.words for turn in reversed(turns) if turn.helps), "")
    title = " ".join(found.words.split())[:LONGEST_TITLE]
    return ArticleForm(formdata=None, title=title, words=last, language=found.language)


def _step(found: QuestionRow) -> str:
    return part(PackLibrary).step_title(found.pack_id, found.step_key, current_language())
