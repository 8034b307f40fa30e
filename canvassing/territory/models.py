"""The tables of a territory: a campaign's buildings, their entrances and the doors behind them."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key
from app.db import Base, BigId, IdKey


class Building(Base):
    """A house with an address; a campaign has each address once."""

    __tablename__ = "building"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "address_key"),
        ForeignKeyConstraint(
            ["campaign_id", "import_id"],
            ["field_import.campaign_id", "field_import.id"],
        ),
        CheckConstraint("origin IN ('table', 'map', 'demo')", name="origin"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    street: Mapped[str] = mapped_column(String(200))
    house: Mapped[str] = mapped_column(String(40))
    address_key: Mapped[str] = mapped_column(
        String(250), comment="street and house folded, so that one house is not there twice"
    )
    sort_key: Mapped[str] = mapped_column(
        String(300), comment="street, then the number of the house padded: 9 before 10"
    )
    origin: Mapped[str] = mapped_column(String(8))
    origin_ref: Mapped[str] = mapped_column(
        String(40), default="", comment="the OpenStreetMap object, for example way/123"
    )
    latitude_e7: Mapped[int | None] = mapped_column(Integer, comment="degrees times 10^7")
    longitude_e7: Mapped[int | None] = mapped_column(Integer, comment="degrees times 10^7")
    import_id: Mapped[int | None] = mapped_column(BigId, comment="the import that brought it")


class Entrance(Base):
    """One entrance of a building; a house with a single door has one without a label."""

    __tablename__ = "entrance"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "building_id", "label"),
        ForeignKeyConstraint(
            ["campaign_id", "building_id"],
            ["building.campaign_id", "building.id"],
            ondelete="CASCADE",
        ),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    building_id: Mapped[int] = mapped_column(BigId)
    label: Mapped[str] = mapped_column(String(20), comment="as written on the house; may be empty")
    position: Mapped[int] = mapped_column(comment="order along the house, from 1")


class Door(Base):
    """A flat, or a whole house where nobody shares it."""

    __tablename__ = "door"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "entrance_id", "label"),
        ForeignKeyConstraint(
            ["campaign_id", "entrance_id"],
            ["entrance.campaign_id", "entrance.id"],
            ondelete="CASCADE",
        ),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    entrance_id: Mapped[int] = mapped_column(BigId)
    label: Mapped[str] = mapped_column(String(20), comment="number of the flat; empty: the house")
    floor: Mapped[int | None] = mapped_column(Integer, comment="null: not known")
    position: Mapped[int] = mapped_column(comment="order inside the entrance, from 1")
