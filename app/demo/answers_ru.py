"""What candidates of the Russian demo answer. ``{…}`` is filled in for each campaign."""

from __future__ import annotations

from collections.abc import Mapping

from app.demo.answering import between, days, mostly
from app.demo.plot import Moment, Said

_SELF = "self"


def _party_day(moment: Moment) -> str:
    """Only a party decides to nominate; a self-nominated candidate leaves the field empty."""
    if moment.said.get("a1_can_i:nomination", _SELF) == _SELF:
        return ""
    return days(-6)(moment)  # type: ignore[operator]


ANSWERS: Mapping[str, Mapping[str, Said]] = {
    "a1_can_i": {
        "abroad": mostly("no", "had", percent=95),
        "record": "none",
        "foreign_agent": "no",
        "office": mostly("no", "yes", percent=94),
        "nomination": mostly("self", "party_signatures", "party_signatures", "party_exempt"),
    },
    "a2_district": {
        "council": "{council}",
        "district_no": "{number}",
        "seats": "{seats}",
        "voters": "{electors}",
        "charter_url": "https://example.org/ustav",
        "scheme": mostly("current", "unknown", "old", percent=90),
    },
    "a4_papers": {
        "work": ("employed", "employed", "employed", "self", "pensioner", "student"),
        "renamed": mostly("no", "yes", percent=80),
        "deputy": "no",
        "passport_change": mostly("no", "yes", percent=96),
    },
    "a5_income": {
        "accounts_list": "yes",
        "broker": mostly("no", "yes", percent=85),
        "abroad": "no",
        "joint": mostly("no", "yes", percent=80),
    },
    "b1_watch": {
        "published": "{published}",
        "polling": "{polling}",
        "url": "https://example.org/reshenie",
        "tik": "ТИК № {tik}, {council}, Фонарная улица, дом 2, кабинет 14",
        "tik_phone": "+7 812 000-00-{tik}",
    },
    "b3_submit": {
        "accepted_on": days(0),
        "party_decided_on": _party_day,
        "refused": mostly("all", "part", percent=94),
    },
    "b4_account": {
        "fund": mostly("account", "no_fund", percent=95),
        "permission_on": days(0),
        "bank": "Сберегательный банк, отделение у метро",
        "last4": between(1000, 9999),
        "reported_on": days(0),
    },
    "b5_first_money": {
        "amount": ("3000", "5000", "10000", "15000"),
        "credited_on": days(0),
        "own_payment": "me",
        "gifts": mostly("yes", "no", percent=88),
    },
    "c1_target": {
        "required": "40",
        "own_count": "40",
        "maximum": "44",
        "plan": (
            "Четыре пары, с 18:30 до 21:00, по двору за вечер. Начинаем с домов, где нас знают.",
            "Я сам каждый вечер, двое соседей по выходным. Десять подписей в день, запас четыре.",
            "Два вечера у парадных, суббота у рынка с планшетами. Листы считаем каждый вечер.",
        ),
    },
    "c2_sheet": {"paid_on": days(0), "copies": between(30, 120)},
    "c4_collect": {
        "counted": ("portal", "portal", "paper"),
        "required": "40",
        "collected": between(42, 44),
        "sheets": between(11, 16),
        "collectors": between(2, 6),
    },
    "c5_check": {"checked": "44", "struck": between(0, 3), "valid": between(41, 44)},
    "c6_certify": {"folders": "1", "sheets": between(11, 16), "signatures": between(41, 44)},
    "c7_report1": {"received": "10000", "spent": "6400", "balance": "3600"},
    "c8_register": {
        "submitted_on": days(0),
        "signatures": between(41, 44),
        "changes": mostly("no", "reported", percent=90),
    },
    "c9_decision": {
        "decision": mostly("registered", "refused", percent=86),
        "decided_on": days(0),
        "number": ("14/2", "15/4", "17/1", "18/3"),
    },
    "c10_appeal": {
        "where": "spbik",
        "filed_on": days(0),
        "number": ("ж-12", "ж-31"),
        "outcome": "waiting",
    },
    "d1_message": {
        "portrait": (
            "Живу здесь двенадцать лет, веду домовой чат и знаю, почему не горят фонари у школы.",
            "Инженер, двое детей. Добился пандуса у поликлиники и понимаю, как устроены сметы.",
            "Учу в соседней школе историю. Два года хожу на заседания совета и всё записываю.",
        ),
        "trouble": (
            "Между домами нет освещения, зимой дети идут в школу в темноте.",
            "Во дворах срубили деревья и ничего не посадили взамен.",
            "Совет не публикует, на что тратит деньги района.",
        ),
        "promises": (
            "Опубликую бюджет округа простыми словами. Добьюсь света у школы за первый год.",
            "Посажу по дереву за каждое срубленное. Отвечу на каждое письмо за неделю.",
        ),
        "powers": mostly("yes", "no", percent=93),
    },
    "d3_notice": {
        "item": ("Листовка А5, 3 000 штук", "Карманный календарь, 1 000 штук", "Плакат А3"),
        "filed_on": days(0),
        "starts_on": days(1),
    },
    "d5_meet": {
        "held_on": days(-1),
        "place": "yard",
        "people": between(12, 60),
        "cost": "0",
        "questions": "Когда починят детскую площадку, кто решает про парковку и как вас найти.",
    },
    "d7_media": {"paid": ("free", "none"), "blocked": "no"},
    "e1_count": {
        "filed_on": days(0),
        "observers": between(3, 12),
        "stations": between(3, 5),
        "copies": "0",
        "all": "yes",
    },
    "e2_final": {"returned": "0", "filed_on": days(0), "primary": "yes"},
}

REASONS: Mapping[str, tuple[str, ...]] = {
    "meeting": (
        "Не видно, что разговор состоялся: напишите, с кем и о чём вы говорили.",
        "Напишите, к чему вы пришли: по одной фразе не понять, идём ли мы дальше.",
    ),
    "upload": (
        "Снимок не читается: печать попала в тень. Сфотографируйте лист целиком при дневном свете.",
        "Не видно второй страницы. Добавьте, пожалуйста, все страницы, даже пустые.",
    ),
    "checklist": (
        "Отмечено всё, но на созвоне вы назвали ещё не готовое. Сделайте и пришлите снова.",
        "Пройдите список ещё раз с кем-то из команды: один пункт вы поняли иначе, чем он написан.",
    ),
    "form": (
        "Один ответ не сходится с документами штаба. Проверьте числа и пришлите снова.",
        "Ответ слишком общий, по нему не проверить. Добавьте одно-два предложения.",
    ),
    "a2_district:upload": (
        "Это схема прошлых выборов. Возьмите действующую, ссылка есть на странице шага.",
        "На снимке не прочесть номер округа. Приложите страницу решения, где он назван.",
    ),
    "b1_watch:form": (
        "Дата публикации не сходится с номером газеты. Проверьте, когда вышло решение.",
    ),
    "b3_submit:upload": (
        "Дата в форме и дата на справке расходятся на день. Проверьте, какая верная.",
        "Не видно, кто принял документы. Снимите справку целиком, с подписью и печатью.",
    ),
    "b5_first_money:upload": (
        "В выписке не видно даты зачисления. Пришлите страницу, где она есть.",
    ),
    "c1_target:form": ("Запас мал: подписи бракуют. Посчитайте цель ещё раз с запасом.",),
    "d1_message:form": ("Обещание вне полномочий совета. Выберите то, что депутат может сделать.",),
    "lawyer:upload": ("Не хватает подписи и даты на последнем листе.",),
    "c2_sheet:upload": (
        "В образце листа имя написано не так, как в паспорте: пропущено «ё». Исправьте до печати.",
        "Нет платёжного документа об оплате из фонда. Без него листы у вас не примут без спора.",
        "Дата оплаты позже даты изготовления. Уточните в типографии и пришлите исправленный акт.",
    ),
    "designer:upload": (
        "Выходные данные мелкие, при печати А5 их не прочесть. Увеличьте хотя бы до 7 пт.",
        "Портрет растянут, для печати он мал. Пришлите исходный снимок.",
        "Текст подходит к краю ближе 5 мм, его срежут. Отодвиньте от края.",
    ),
}
EARLIEST: Mapping[str, tuple[str, int]] = {
    "b1_watch": ("published", 0),
    "b2_consent": ("published", 0),
    "b3_submit": ("published", 1),
    "b4_account": ("published", 2),
    "b5_first_money": ("published", 2),
    "c1_target": ("published", 2),
    "c2_sheet": ("published", 3),
    "c3_train": ("published", 3),
    "c4_collect": ("published", 5),
    "c5_check": ("published", 6),
    "c6_certify": ("published", 6),
    "c7_report1": ("published", 5),
    "c8_register": ("published", 7),
    "c9_decision": ("published", 9),
    "c10_appeal": ("published", 10),
    "d1_message": ("published", 2),
    "d2_leaflet": ("published", 3),
    "d3_notice": ("published", 4),
    "d4_doors": ("published", 5),
    "d5_meet": ("published", 6),
    "d6_money": ("published", 4),
    "d7_media": ("media_campaign_opens", 3),
    "e1_count": ("polling_day", 1),
    "e2_final": ("polling_day", 10),
    "e3_data": ("polling_day", 20),
}
MEETINGS: tuple[tuple[str, str], ...] = (
    (
        "Кофейня «Якорь», Маячная улица, 3",
        "Понимает, зачем идёт, и знает двор. Договорились встретиться в среду.",
    ),
    (
        "Штаб организации, второй этаж",
        "Опыт наблюдателя, время есть по вечерам. Семья согласна. Препятствий не нашли.",
    ),
    (
        "Видеозвонок",
        "Говорили сорок минут: почему этот округ, кто поможет, что со сведениями о доходах.",
    ),
)
