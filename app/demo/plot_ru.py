"""The Russian coalition of the demo."""

from __future__ import annotations

from datetime import timedelta

from app.demo.answers_ru import ANSWERS, EARLIEST, MEETINGS, REASONS
from app.demo.names import russian_people
from app.demo.places_ru import russian_places
from app.demo.plot import Club, Featured, Place, Plot, Poll
from app.demo.questions_ru import QUESTIONS
from app.demo.sign_ins import COLLECTING

_COLLECTING = Featured(
    spot=COLLECTING,
    poll=Poll.MAIN,
    # One seat: there are more signatures to collect than where five are elected together.
    place=Place(
        council="Весенний Причал",
        number="6",
        name="",
        seats=1,
        electors=7958,
        places_text="Причальная улица, дома 1–23; Весенняя аллея, дома 2–40",
    ),
    goals=("c3_train", "d1_message"),
    rests=timedelta(days=2, hours=6),
    answers={
        "a1_can_i": {"nomination": "self", "abroad": "no", "office": "no"},
        "a4_papers": {"work": "employed", "renamed": "no", "passport_change": "no"},
        "b3_submit": {"refused": "all"},
        "b4_account": {"fund": "account"},
        "c2_sheet": {"copies": "40"},
    },
    papers={
        "council": "муниципального совета муниципального образования Весенний Причал",
        "district_kind": "single",
        "district_no": "6",
        "reg_street": "аллея Весенняя",
        "reg_house": "18",
        "reg_flat": "43",
    },
)
RUSSIAN = Plot(
    slug="gorod-sosedey",
    name="Город соседей",
    language="ru",
    pack_id="ru-spb-municipal",
    election="Муниципальные выборы",
    timezone="Europe/Moscow",
    clubs=(
        Club(name="Двор и город", short_name="Двор и город", capacity=420, share=0.27, vigour=1.1),
        Club(name="Чистый лист", short_name="Чистый лист", capacity=260, share=0.2, vigour=1.25),
        Club(name="Соседи", short_name="Соседи", capacity=310, share=0.2, vigour=1.0),
        Club(name="Правый берег", short_name="Правый берег", capacity=180, share=0.14, vigour=0.8),
        Club(
            name="Зелёная сторона",
            short_name="Зелёная сторона",
            capacity=90,
            share=0.11,
            vigour=1.2,
        ),
        Club(
            name="Открытый совет",
            short_name="Открытый совет",
            capacity=60,
            share=0.08,
            vigour=0.7,
            game_on=False,
        ),
    ),
    places=russian_places(7),
    people=russian_people,
    answers=ANSWERS,
    earliest=EARLIEST,
    reasons=REASONS,
    questions=QUESTIONS,
    declined=(
        "Вам ещё нет 18 лет на день голосования: депутатом быть рано, а в штаб — приходите.",
        "Три назначенные встречи не состоялись. Появится время — подайте заявку снова.",
        "Вы уже выдвигаетесь по этому округу от другой организации.",
    ),
    meetings=MEETINGS,
    phone="+7 900 000-{:02d}-{:02d}",
    papers_say={
        "council": "муниципального совета муниципального образования {council}",
        "district_no": "{number}",
    },
    broken_word="d3_notice",
    featured=(_COLLECTING,),
)
