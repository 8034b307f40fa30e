"""``mandat pack check`` looks at every file of a pack, whichever feature reads it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import mandat
from app.cli.pack_checking import check_whole_pack
from app.packs import PackError, Problem, load_pack
from app.papers import load_paper_packs
from documents.packets.pack import load_all_packets
from documents.paperwork.pack import load_all_documents
from documents.signatures.pack import load_all_signatures
from fundraising.pack import load_funds
from quests.route.checking.elsewhere import Offers
from quests.route.features import DOORS, FLYER, KEYED, NAMED
from quests.route.library import PACKS, PackLibrary, load_library
from quests.route.offers import offers_of, require_offered

RU, FIRST = "ru-spb-municipal", "a1_can_i"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a shipped pack, to be spoiled."""
    return Path(shutil.copytree(PACKS / RU, tmp_path / RU))


def spoil(folder: Path, name: str, old: str, new: str) -> int:
    """Put a mistake into a file and give its line."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def wait_for(folder: Path, fact: str) -> int:
    """Let the first step of the route wait for a fact too; give the line of this evidence."""
    waiting = f'[[step.evidence]]\nkind = "fact"\nkey = "waiting"\nfact = "{fact}"\n\n'
    return spoil(folder, "route.toml", "[[step.evidence]]", f"{waiting}[[step.evidence]]")


def offers_in(library: PackLibrary, pack_id: str) -> Offers:
    """Give what the files of a pack can prove, as a program reads them at its start."""
    packs = {pack_id: library[pack_id].pack}
    documents = load_all_documents(packs)
    return offers_of(
        pack_id,
        documents=documents,
        packets=load_all_packets(documents),
        signatures=load_all_signatures(packs),
        funds=load_funds(packs),
    )


def of_file(problems: list[Problem], name: str) -> list[Problem]:
    return [one for one in problems if one.file == name]


@pytest.mark.parametrize("pack", sorted(path.parent.name for path in PACKS.glob("*/pack.toml")))
def test_a_shipped_pack_is_sound_as_a_whole(pack: str) -> None:
    assert [str(one) for one in check_whole_pack(PACKS / pack)] == []


@pytest.mark.parametrize(
    "name",
    [
        "documents/consent.toml",
        "documents/answers.toml",
        "imprint.toml",
        "fund.toml",
        "doors.toml",
        "points.toml",
        "route.toml",
    ],
)
def test_a_key_nobody_knows_is_found_in_every_file(folder: Path, name: str) -> None:
    text = (folder / name).read_text("utf-8")
    (folder / name).write_text(f"unheard_of = 1\n{text}", "utf-8")
    (found,) = (one for one in of_file(check_whole_pack(folder), name) if one.line == 1)
    assert "unheard_of" in found.message
    assert found.remedy


EVERY_READER = [
    "pack.toml",
    "route.toml",
    "texts.ru.toml",
    "questions.ru.toml",
    "calendar.toml",
    "deadlines.ru.toml",
    "sources.ru.toml",
    "documents/answers.toml",
    "documents/consent.toml",
    "documents/texts.ru.toml",
    "documents/packets.toml",
    "documents/packets.ru.toml",
    "documents/clerk.toml",
    "documents/clerk.ru.toml",
    "signatures.toml",
    "signatures.ru.toml",
    "imprint.toml",
    "flyers/a5.toml",
    "flyers/texts.ru.toml",
    "fund.toml",
    "fund.ru.toml",
    "doors.toml",
    "points.toml",
    "points.ru.toml",
]


@pytest.mark.parametrize("name", EVERY_READER)
def test_a_file_in_which_nothing_stands_is_no_sound_file(folder: Path, name: str) -> None:
    (folder / name).write_text("# Nothing yet.\n", "utf-8")
    found = of_file(check_whole_pack(folder), name)
    assert "the file says nothing" in {one.message for one in found}


@pytest.mark.parametrize(
    "name",
    [
        "documents/consent.toml",
        "documents/packets.toml",
        "imprint.toml",
        "fund.toml",
        "signatures.toml",
    ],
)
def test_work_that_belongs_to_no_step_is_found(folder: Path, name: str) -> None:
    line = spoil(folder, name, '\nstep = "', '\nstep = "no_') + 1
    (found,) = of_file(check_whole_pack(folder), name)
    assert (found.line, found.remedy) == (line, "name a step of route.toml")


MISSPELT = [
    ('{ answer = "occupation"', '{ answer = "ocupation"', "no place {occupation}"),
    ('address = ["reg_subject"', 'address = ["reg_sub"', "needs has no answer reg_sub"),
    ('{ answer = "nominator", among', '{ answer = "nominater", among', "no answer nominater"),
    ('head = ["Выборы депутатов {council}', 'head = ["Выборы {counsil}', "no place {counsil}"),
    ('support = "Мы,', 'support = "{us},', "no place {us}"),
    ('support = "Мы,', 'support = "{0},', "a place is written wrongly: {0}"),
    ('support = "Мы,', 'support = "{Мы,', "a place is written wrongly"),
    ('deputy = ", депутат', 'deputy = ", {post}', "no place {post}"),
    ('candidate = "Кандидат: {full_name}"', 'candidate = "{whole_name}"', "{whole_name}"),
    ('one = "Подписной лист № {first}"', 'one = "{number}"', "no place {number}"),
    ('\npaid = "Платёжный документ"', "", "the cover has no words for paid"),
    ('candidate = "Кандидат: {full_name}"', 'candidate = "{patronymic}"', "{patronymic}"),
    ('  { answer = "work_kind" },\n', "", "the head needs the answer work_kind"),
]


@pytest.mark.parametrize(("old", "new", "said"), MISSPELT)
def test_a_sheet_of_signatures_names_no_answer_that_nobody_asks_for(
    folder: Path, old: str, new: str, said: str
) -> None:
    line = spoil(folder, "signatures.toml", old, new)
    found = of_file(check_whole_pack(folder), "signatures.toml")
    told = [one for one in found if said in one.message]
    assert told and all(one.remedy for one in found)
    lines = (folder / "signatures.toml").read_text("utf-8").splitlines()
    where = lines[told[0].line - 1]
    assert told[0].line == line or where.startswith(("needs = [", "work = ", "[sheet.cover]"))


def test_an_answer_that_no_paper_asks_for_is_found_before_the_program_begins(folder: Path) -> None:
    file = folder / "signatures.toml"
    line = spoil(folder, file.name, '{ answer = "reg_district"', '{ answer = "reg_distrikt"')
    file.write_text(file.read_text("utf-8").replace('"reg_district"', '"reg_distrikt"'), "utf-8")
    (found,) = of_file(check_whole_pack(folder), file.name)
    assert found.message == "documents/answers.toml has no answer reg_distrikt"
    assert (found.line, bool(found.remedy)) == (line, True)
    with pytest.raises(PackError, match="has no answer reg_distrikt"):
        load_paper_packs({RU: load_pack(folder)})


UNFILLED = [
    ('of = "', 'of = "{who}', "no place {who} in of"),
    ('of = "представленных кандидатом: {candidate}"', 'of = "бумаг"', "no place {candidate}"),
    ('about = "{council}', 'about = "{counsil}', "no place {counsil} in about"),
    ('{number}"\nname', '{numer}"\nname', "no place {numer} in number"),
    ('\nsheet = "лист {number}"', '\nsheet = "лист {}"', "a place is written wrongly"),
    ('own_sheet = "опись, лист {page} из {pages}"', 'own_sheet = "{page}"', "no place {pages}"),
    ('own_sheet = "опись, лист {page} из {pages}"', 'own_sheet = "{pages}{page}"', "order"),
]


@pytest.mark.parametrize(("old", "new", "said"), UNFILLED)
def test_words_of_an_inventory_that_can_not_be_filled_are_found(
    folder: Path, old: str, new: str, said: str
) -> None:
    line = spoil(folder, "documents/packets.toml", old, new) + old.startswith("\n")
    found = of_file(check_whole_pack(folder), "documents/packets.toml")
    assert any(said in one.message for one in found)
    assert {one.line for one in found} == {line}


def test_every_way_of_handing_in_has_its_words(folder: Path) -> None:
    spoil(folder, "documents/packets.toml", 'signed = "подписан от руки"\n', "")
    (found,) = of_file(check_whole_pack(folder), "documents/packets.toml")
    assert "hand_in signed has no words" in found.message


UNOFFERED = [
    ("paper:unwritten", "no paper is called unwritten", "name the key of a file in documents/"),
    # A sheet is printed beside papers; nobody accepts it.
    (
        "paper:certification",
        "no paper is called certification",
        "name the key of a file in documents/",
    ),
    ("packet:bag", "no packet is called bag", "name a packet of documents/packets.toml"),
    ("filed:bag", "no packet is called bag", "name a packet of documents/packets.toml"),
]


@pytest.mark.parametrize(("fact", "said", "remedy"), UNOFFERED)
def test_a_step_that_waits_for_work_the_pack_does_not_have_is_found(
    folder: Path, fact: str, said: str, remedy: str
) -> None:
    line = wait_for(folder, fact)
    (found,) = of_file(check_whole_pack(folder), "route.toml")
    assert (found.line, found.message, found.remedy) == (line, f"step {FIRST}: {said}", remedy)


NO_FUND = "the pack has no fund, so nobody can give"


@pytest.mark.parametrize(
    ("fact", "files", "said"),
    [
        ("signatures.collected", "signatures*.toml", "the pack asks for no signatures"),
        ("support_page.accepted", "fund*.toml", NO_FUND),
        ("gifts.cleared", "fund*.toml", NO_FUND),
        ("packet:nomination", "documents/packets*.toml", "no packet is called nomination"),
        ("filed:nomination", "documents/packets*.toml", "no packet is called nomination"),
    ],
)
def test_a_step_that_waits_for_what_a_missing_file_would_bring_is_found(
    folder: Path, fact: str, files: str, said: str
) -> None:
    for path in folder.glob(files):
        path.unlink()
    line = wait_for(folder, fact)
    found = of_file(check_whole_pack(folder), "route.toml")
    assert (line, f"step {FIRST}: {said}") in [(one.line, one.message) for one in found]


@pytest.mark.parametrize(("fact", "name"), [(FLYER, "imprint.toml"), (DOORS, "doors.toml")])
def test_no_pack_is_without_what_flyers_and_doors_are_proved_by(
    folder: Path, fact: str, name: str
) -> None:
    wait_for(folder, fact)
    (folder / name).unlink()
    assert "the file is missing" in {one.message for one in of_file(check_whole_pack(folder), name)}


def test_every_family_of_facts_is_looked_for_in_the_files_of_its_package(
    library: PackLibrary,
) -> None:
    offers = offers_in(library, RU)
    assert offers.keys() | {FLYER, DOORS} == {*KEYED, *NAMED}
    assert all(fact.startswith(family) for family, facts in offers.items() for fact in facts)


@pytest.mark.parametrize("name", ["documents/packets.toml", "documents/consent.toml"])
def test_a_file_that_cannot_be_read_is_told_and_nothing_is_said_of_who_waits_for_it(
    folder: Path, name: str
) -> None:
    (folder / name).write_text("not toml", "utf-8")
    problems = check_whole_pack(folder)
    assert of_file(problems, name)
    assert of_file(problems, "route.toml") == []


def test_a_program_does_not_start_with_a_route_that_waits_for_nothing(folder: Path) -> None:
    sound = load_library(folder.parent)
    require_offered(sound[RU], offers_in(sound, RU))
    line = wait_for(folder, "filed:bag")
    broken = load_library(folder.parent)
    with pytest.raises(PackError, match="no packet is called bag") as refused:
        require_offered(broken[RU], offers_in(broken, RU))
    assert [(one.file, one.line) for one in refused.value.problems] == [("route.toml", line)]


def test_the_mistakes_of_all_files_are_told_at_once(folder: Path) -> None:
    for name in ("doors.toml", "points.toml", "fund.toml"):
        (folder / name).write_text("not toml", "utf-8")
    told = {one.file for one in check_whole_pack(folder)}
    assert {"doors.toml", "points.toml", "fund.toml"} <= told


def test_the_command_names_file_line_and_remedy(folder: Path) -> None:
    (folder / "points.toml").unlink()
    answer = CliRunner().invoke(mandat, ["pack", "check", str(folder)])
    assert answer.exit_code == 1
    assert "points.toml:1: the file is missing — add points.toml" in answer.stderr
