"""Forms for asking, answering and making an article."""

from __future__ import annotations

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.web.forms import Form
from app.web.language import L_, LANGUAGES

NEEDED = L_("Write a few words.")


class QuestionForm(Form):
    """A question on a step."""

    question = TextAreaField(
        L_("Your question"),
        [InputRequired(NEEDED)],
        description=L_("No passport data, please. We answer here and by mail."),
    )
    audience = RadioField(
        L_("Who may read it"),
        choices=[
            SelectChoice("private", L_("Only my team and those who answer")),
            SelectChoice("coalition", L_("Everybody in the coalition, without my name")),
        ],
        default="private",
    )


class AnswerForm(Form):
    """A turn under a question."""

    answer = TextAreaField(L_("Your answer"), [InputRequired(NEEDED)])


class FurtherForm(Form):
    """A further question of the team that asked."""

    answer = TextAreaField(L_("Your question"), [InputRequired(NEEDED)])


class ArticleForm(Form):
    """A good answer on its way to the step's help."""

    title = StringField(L_("Title of the article"), [InputRequired(NEEDED)])
    words = TextAreaField(
        L_("Text of the article"),
        [InputRequired(NEEDED)],
        description=L_("Without names and without anything only this campaign should know."),
    )
    language = RadioField(
        L_("Language of the article"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
    )
