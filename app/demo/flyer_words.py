"""What the demo's flyers say."""

from __future__ import annotations

from collections.abc import Mapping

RU_SLOTS: Mapping[str, str] = {
    "headline": "Двор без ям и фонари, которые горят",
    "lead": "Знаю каждый подъезд округа и добьюсь, чтобы деньги района дошли до дворов.",
    "name": "{name}",
    "office": "Кандидат в депутаты муниципального совета, {council}, округ № {number}",
    "body": "Я живу здесь девятнадцать лет, работаю учителем географии и третий год веду домовый "
    "чат на четыреста квартир.\n\nВместе мы вернули дворникам технику и закрыли незаконную "
    "стоянку. Теперь в совете нужен человек, который ответит на звонок и покажет смету.",
    "promise_1": "Свет во всех дворах",
    "promise_1_text": "Осмотр вместе с жителями в октябре, ремонт — до конца зимы.",
    "promise_2": "Открытый бюджет округа",
    "promise_2_text": "Каждый рубль — на карте, с договором и фотографией до и после.",
    "promise_3": "Приём каждую субботу",
    "promise_3_text": "В школьной библиотеке с 11 до 14 часов, без записи.",
    "phone": "+7 900 000-00-00",
    "mail": "sosedi@example.org",
    "link": "https://example.org/sosedi",
}
RU_IMPRINT: Mapping[str, str] = {
    "printer": "ООО «Образцовая печатня»",
    "printer_inn": "7830002293",
    "printer_address": "190000, Санкт-Петербург, Примерная ул., д. 1, лит. А",
    "customer": "кандидат {name}",
    "print_run": "5000",
    "issued_on": "{day}",
    "paid_from": "кандидата {name}",
    "no_children": "yes",
    "no_other_faces": "yes",
}
EN_SLOTS: Mapping[str, str] = {
    "headline": "Safe crossings, warm libraries",
    "lead": "I know every street of the ward and will be on yours.",
    "name": "{name}",
    "office": "Candidate for the council, {ward}",
    "body": "I have lived here for nineteen years and teach geography at the school round the "
    "corner.\n\nTogether we kept the library open on Saturdays. Now the ward needs someone who "
    "answers the phone and shows the figures.",
    "promise_1": "A crossing at the school",
    "promise_1_text": "Designed with parents this autumn, built before the next one.",
    "promise_2": "The budget on a map",
    "promise_2_text": "Every pound spent in the ward, with the contract and a photo.",
    "promise_3": "A surgery every Saturday",
    "promise_3_text": "In the library from ten to one. An answer in writing within ten days.",
    "phone": "01632 960001",
    "mail": "ward@example.org",
    "link": "https://example.org/ward",
}
EN_IMPRINT: Mapping[str, str] = {
    "printer": "Example Print Ltd",
    "printer_address": "1 Mill Lane, Engleston AB12 3CD",
    "promoter": "John Smith",
    "promoter_address": "110 High Street, Engleston AB12 3CD",
    "on_behalf": "{name}",
    "on_behalf_address": "110 High Street, Engleston AB12 3CD",
}
SLOTS = {"ru": RU_SLOTS, "en": EN_SLOTS}
IMPRINT = {"ru": RU_IMPRINT, "en": EN_IMPRINT}
OTHER_HEADLINE = {"ru": "Приходите на встречу во дворе", "en": "Meet me at the library"}
