"""Entries on their way through the database: packed small, contacts sealed as well."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from typing import Any

from app.sealing import Seal
from canvassing.contacts.rules import ContactEntry
from canvassing.territory.rules import DoorEntry, EntranceEntry, HouseEntry


def pack_houses(entries: Sequence[HouseEntry]) -> str:
    """Give houses as text for the staging column."""
    return _packed(
        [
            [
                one.street,
                one.house,
                one.ref,
                one.latitude_e7,
                one.longitude_e7,
                [
                    [entrance.label, [[door.label, door.floor] for door in entrance.doors]]
                    for entrance in one.entrances
                ],
            ]
            for one in entries
        ]
    )


def unpack_houses(staged: str) -> list[HouseEntry]:
    """Give the houses back."""
    return [
        HouseEntry(
            street=street,
            house=house,
            ref=ref,
            latitude_e7=latitude,
            longitude_e7=longitude,
            entrances=tuple(
                EntranceEntry(
                    label=label,
                    doors=tuple(DoorEntry(label=door, floor=floor) for door, floor in doors),
                )
                for label, doors in entrances
            ),
        )
        for street, house, ref, latitude, longitude, entrances in _unpacked(staged)
    ]


def pack_contacts(entries: Sequence[ContactEntry], seal: Seal) -> str:
    """Give contacts as sealed text for the staging column."""
    return seal.close(
        _packed(
            [
                [
                    one.address_key,
                    one.flat,
                    one.first_name,
                    one.phone,
                    one.note,
                    one.do_not_contact,
                ]
                for one in entries
            ]
        )
    )


def unpack_contacts(staged: str, seal: Seal) -> list[ContactEntry]:
    """Give the contacts back."""
    return [
        ContactEntry(
            address_key=key,
            flat=flat,
            first_name=name,
            phone=phone,
            note=note,
            do_not_contact=keep_away,
        )
        for key, flat, name, phone, note, keep_away in _unpacked(seal.open(staged))
    ]


def _packed(value: object) -> str:
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b85encode(zlib.compress(plain)).decode("ascii")


def _unpacked(staged: str) -> Any:  # noqa: ANN401 - what JSON holds.
    return json.loads(zlib.decompress(base64.b85decode(staged)))
