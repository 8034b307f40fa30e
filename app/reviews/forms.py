"""The forms of reviews."""

from __future__ import annotations

from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.simple import TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from app.reviews.reasons import REASONS, chosen_texts
from app.reviews.rules import Queue
from app.web.forms import Form
from app.web.language import L_, gettext, translate


class ReturnForm(Form):
    """Why work goes back: ready sentences and own words."""

    reasons = SelectMultipleField(
        L_("What has to be corrected"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    own_words = TextAreaField(
        L_("In your own words"),
        description=L_("The candidate reads exactly this. Say what to do, not only what is wrong."),
    )

    @classmethod
    def for_queue(cls, queue: Queue) -> ReturnForm:
        """Give the form with the ready sentences of a queue."""
        form = cls()
        form.reasons.choices = [
            SelectChoice(reason.key, gettext(reason.text)) for reason in REASONS[queue]
        ]
        return form

    def sentences(self, queue: Queue, language: str) -> tuple[str, ...]:
        """Give the chosen sentences in the candidate's language."""
        chosen = tuple(self.reasons.data or ())
        return tuple(translate(language, text) for text in chosen_texts(queue, chosen))
