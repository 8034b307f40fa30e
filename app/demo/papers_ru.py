"""What the candidate of the Russian demo has answered for every paper; nobody of it exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ANSWERED: Mapping[str, str] = {
    "commission": "Территориальную избирательную комиссию № 17",
    "council": "муниципального совета муниципального образования Тихая Гавань",
    "district_kind": "multi",
    "district_no": "3",
    "nominator": "self",
    "surname": "Ёлкина",
    "first_name": "Анна",
    "patronymic": "Петровна",
    "name_genitive": "Ёлкиной Анны Петровны",
    "birth_date": "1984-03-12",
    "birth_place": "гор. Ленинград",
    "citizenship": "rf",
    "reg_subject": "город Санкт-Петербург",
    "reg_street": "улица Садовая",
    "reg_house": "5",
    "reg_flat": "14",
    "passport": "40 04 123456",
    "passport_issued_on": "2004-04-20",
    "passport_issuer": "ТП № 5 по г. Санкт-Петербургу",
    "passport_unit": "780-005",
    "inn": "500100732259",
    "snils": "112-233-445 95",
    "education_stated": "yes",
    "education": "Невский педагогический институт, 2006 год, диплом ВСА 0123456",
    "work_kind": "job",
    "workplace": "ГБОУ школа № 500",
    "position": "учитель географии",
    "deputy": "no",
    "party_stated": "no",
    "conviction": "none",
    "foreign_agent": "no",
    "renamed": "no",
    "work_proof": "certificate",
    "work_proof_place": "ГБОУ школа № 500",
    "work_proof_position": "учитель географии",
    "income_year": "2025",
    "property_on": "2026-06-01",
    "fund_way": "account",
    "fund_bank": "Банк «Якорь», Маячная улица, дом 3",
    "fund_bic": "044525225",
    "fund_account": "40810810638250123014",
    "fund_opened_on": "2026-06-22",
    "agent": "Сидоров Пётр Иванович",
    "agent_accusative": "Сидорова Петра Ивановича",
    "agent_birth_date": "1979-11-02",
    "agent_birth_place": "гор. Ленинград",
    "agent_address": "город Санкт-Петербург, улица Ясная, дом 8, квартира 31",
    "agent_passport": "40 00 654321",
    "agent_passport_issued_on": "2000-12-05",
    "agent_passport_issuer": "ТП № 5 по г. Санкт-Петербургу",
    "agent_powers": (
        "подавать в избирательную комиссию уведомление о создании избирательного фонда;\n"
        "заключать договоры за счёт средств избирательного фонда;\n"
        "подписывать финансовые документы избирательного фонда"
    ),
    "first_on": "2026-06-23",
    "first_30": "10000",
    "first_50": "4500.50",
    "first_200": "3200",
    "first_240": "1150.25",
    "final_on": "2026-06-23",
    "final_30": "10000",
    "final_50": "7500.50",
    "final_100": "500",
    "final_130": "500",
    "final_200": "3200",
    "final_210": "1200",
    "final_240": "9800",
    "final_290": "4500.50",
    "materials_image": "на USB-носителе",
    "materials_consents": "1",
    "complaint_to": "spbik",
    "complaint_body": "В Санкт-Петербургскую избирательную комиссию",
    "complaint_against": (
        "Решение территориальной избирательной комиссии № 17 об отказе в регистрации."
    ),
    "complaint_facts": (
        "Документы приняты в срок, что подтверждает справка комиссии.\n"
        "О недостатках комиссия не извещала."
    ),
    "complaint_ask": "Отменить решение и зарегистрировать меня кандидатом.",
}
"""By answer: what was typed; as it is stored."""
LISTED: Mapping[str, Sequence[Mapping[str, str]]] = {
    "income": (
        {"source": "ГБОУ школа № 500", "sum": "842300.40"},
        {"source": "Банк «Якорь», проценты по вкладу", "sum": "1210.05"},
    ),
    "flats": ({"place": "Санкт-Петербург, улица Садовая, дом 5, квартира 14", "area": "54.3"},),
    "vehicles": ({"kind": "car", "model": "«Ветер» 1.6", "year": "2014"},),
    "accounts": (
        {
            "bank": "Банк «Якорь», Санкт-Петербург, Маячная улица, дом 3",
            "bic": "044525225",
            "number": "40702810138250123017",
            "balance": "23104.77",
        },
        {
            "bank": "Банк «Маяк», Санкт-Петербург, проспект Мира, дом 1",
            "bic": "049805746",
            "number": "40602810700000000025",
            "balance": "0.00",
        },
    ),
    "proxies": (
        {
            "name": "Орлова Мария Сергеевна",
            "birth_date": "1991-07-30",
            "work": "временно неработающая",
            "address": "город Санкт-Петербург, улица Ясная, дом 2, квартира 7",
            "passport": "40 11 222333",
        },
        {
            "name": "Жук Илья Андреевич",
            "birth_date": "1968-01-15",
            "work": "библиотека «Гавань», библиотекарь",
            "address": "город Санкт-Петербург, улица Садовая, дом 9, квартира 1",
            "passport": "40 13 444555",
        },
    ),
    "materials": (
        {
            "what": "Листовка А5 «Наш двор»",
            "copies": "3000",
            "released_on": "2026-07-01",
            "maker": "Типография «Оттиск», ИНН 7707083893",
            "maker_address": "Санкт-Петербург, улица Печатников, дом 4",
            "payment": "платёжное поручение № 7 от 26.06.2026",
        },
    ),
    "complaint_enclosed": (
        {"what": "Копия решения об отказе в регистрации", "pages": "2"},
        {"what": "Справка о приёме документов", "pages": "1"},
    ),
}
"""Tables that have rows."""
NOTHING_LISTED = (
    "land",
    "houses",
    "dachas",
    "garages",
    "other_estate",
    "shares",
    "securities",
    "changes",
)
"""Tables of which was answered that there is nothing to list."""
