"""A pack's packets as the program reads them: checked, with words in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.errors import Missing
from app.packs import PackError, Problem, TomlFile, read_toml, shaped
from app.sources import unsaid_problems
from documents.packets.shape import (
    PacketRule,
    PacketsShape,
    PacketsWords,
    PacketWords,
    Told,
)
from documents.packets.words import inventory_problems
from documents.paperwork.pack import DocumentKinds, PackDocuments
from documents.paperwork.shape import Made

FILE = "documents/packets.toml"


@dataclass(frozen=True, kw_only=True, eq=False)
class PackPackets:
    """The packets of one pack."""

    documents: PackDocuments
    shape: PacketsShape
    words: Mapping[str, PacketsWords]

    @cached_property
    def packets(self) -> Mapping[str, PacketRule]:
        """The packets by key, in the pack's order."""
        return {packet.key: packet for packet in self.shape.packet}

    def words_in(self, language: str, packet: str) -> PacketWords:
        """Give the words of a packet in a language, or in the pack's default one."""
        default = self.documents.pack.header.default_language
        return (self.words.get(language) or self.words[default]).packet[packet]

    def item_title(self, packet: str, name: str, language: str) -> str:
        """Give what a line of a packet is called."""
        if name in self.documents.kinds:
            return self.documents.kind_words(name, language).title
        return self.words_in(language, packet).item[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPacks:
    """The packets of every pack by its id; a part of the program."""

    packs: Mapping[str, PackPackets]

    def find(self, pack_id: str) -> PackPackets | None:
        """Give the packets of a pack, None for a pack without any."""
        return self.packs.get(pack_id)

    def packet(self, pack_id: str, key: str) -> tuple[PackPackets, PacketRule]:
        """Give one packet with its pack. Raises Missing."""
        found = self.packs.get(pack_id)
        if found is None or key not in found.packets:
            raise Missing
        return found, found.packets[key]


def load_packets(documents: PackDocuments) -> PackPackets:
    """Give the packets of a pack. Raises PackError with every problem found."""
    pack, problems = documents.pack, list[Problem]()
    file = read_toml(pack.folder, FILE, problems)
    shape = shaped(file, PacketsShape, problems)
    words: dict[str, PacketsWords] = {}
    for language in pack.header.languages:
        texts = read_toml(pack.folder, f"documents/packets.{language}.toml", problems)
        said = shaped(texts, PacketsWords, problems)
        if said is not None:
            words[language] = said
            if shape is not None:
                problems.extend(_word_problems(texts, shape, said))
    if shape is not None:
        problems.extend(_shape_problems(file, shape, documents))
        calendar = read_toml(pack.folder, "calendar.toml", problems)
        problems.extend(_day_problems(file, shape, calendar))
        problems.extend(inventory_problems(file, shape))
        problems.extend(_unsaid(file, shape, documents))
    if problems or shape is None:
        raise PackError(pack.folder, problems)
    return PackPackets(documents=documents, shape=shape, words=words)


def load_all_packets(kinds: DocumentKinds) -> PacketPacks:
    """Give the packets of every pack that has any. Raises PackError."""
    return PacketPacks(
        packs={
            pack_id: load_packets(documents)
            for pack_id, documents in kinds.packs.items()
            if (documents.pack.folder / FILE).is_file()
        }
    )


def _shape_problems(
    file: TomlFile, shape: PacketsShape, documents: PackDocuments
) -> Iterator[Problem]:
    if shape.language not in documents.words:
        yield file.problem(
            ("language",), f"the pack has no {shape.language}", "write a language of the pack"
        )
    seen: set[str] = set()
    for number, packet in enumerate(shape.packet):
        where = ("packet", number)
        if packet.key in seen:
            yield file.problem((*where, "key"), f"{packet.key} stands twice", "rename one")
        seen.add(packet.key)
        names = [item.name for item in packet.item]
        for index, item in enumerate(packet.item):
            kind = documents.kinds.get(item.kind)
            if item.kind and (kind is None or kind.made is Made.SHEET):
                yield file.problem(
                    (*where, "item", index),
                    f"there is no paper {item.kind}",
                    "correct its spelling, or give the item a key of its own",
                )
            if names.count(item.name) > 1:
                yield file.problem(
                    (*where, "item", index), f"{item.name} stands twice", "use copies instead"
                )
        for told in (*packet.take, *packet.rehearsal):
            if told.status == "?":
                yield file.problem(
                    where, f"{told.key} is not known to anybody", "leave it out until it is"
                )


def _day_problems(file: TomlFile, shape: PacketsShape, calendar: TomlFile) -> Iterator[Problem]:
    listed = calendar.data.get("deadline", ())
    known = {
        key
        for one in (listed if isinstance(listed, list) else ())
        for key in (one.get("key"), *one.get("keys", ()))
    }
    for number, packet in enumerate(shape.packet):
        for name in ("opens", "closes"):
            day = getattr(packet, name)
            if day and day not in known:
                yield file.problem(
                    ("packet", number, name), f"calendar.toml has no {day}", "correct it"
                )


def _word_problems(file: TomlFile, shape: PacketsShape, said: PacketsWords) -> Iterator[Problem]:
    for packet in shape.packet:
        words = said.packet.get(packet.key)
        if words is None:
            yield file.problem((), f"no words for {packet.key}", f"add [packet.{packet.key}]")
            continue
        wanted = {
            "item": {item.key for item in packet.item if item.key},
            "take": {told.key for told in packet.take},
            "rehearsal": {told.key for told in packet.rehearsal},
        }
        for table, keys in wanted.items():
            for key in sorted(keys ^ set(getattr(words, table))):
                yield file.problem(
                    ("packet", packet.key),
                    f"{table} {key} stands only in one of the two files",
                    "add it to both, or remove it",
                )


def _unsaid(file: TomlFile, shape: PacketsShape, documents: PackDocuments) -> Iterator[Problem]:
    pieces: list[Told] = [
        told for packet in shape.packet for told in (*packet.take, *packet.rehearsal)
    ]
    refs = documents.pack.header.source_refs
    for told in pieces:
        for words in documents.sources.values():
            yield from unsaid_problems(words, told.source, file=file.name, line=1, name=told.key)
        for key in told.source_keys:
            if key not in refs:
                yield file.problem((), f"{told.key}: no source {key}", "add it to pack.toml")
