"""The files of packets: the whole document, the archive, the photo of a receipt."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.access import Permission
from app.errors import Missing
from app.web.database import reading
from app.web.kept import note_handed_out, send_kept
from app.web.kernel import part
from documents.packets.desk import PacketsDesk
from documents.packets.queries.packets import PacketRow, find_packet, receipts_of
from documents.packets.rules.contents import Purpose
from documents.packets.rules.names import plain
from documents.packets.views.section import PACKET, WORKS, find, section

ENDINGS = {Purpose.PRINT: "", Purpose.ARCHIVE: "-signed"}


@section.get(f"{PACKET}/<int:packet_id>/document", access=WORKS)
def document(campaign_id: int, key: str, packet_id: int) -> Response:
    """The whole packet as one document."""
    row, name = _ready(campaign_id, key, packet_id)
    return _file(row.pdf_sha256, "application/pdf", f"{name}.pdf")


@section.get(f"{PACKET}/<int:packet_id>/archive", access=WORKS)
def archive(campaign_id: int, key: str, packet_id: int) -> Response:
    """The papers of a packet one by one."""
    row, name = _ready(campaign_id, key, packet_id)
    return _file(row.zip_sha256, "application/zip", f"{name}.zip")


@section.get(f"{PACKET}/receipt/photo", access=WORKS)
def receipt_photo(campaign_id: int, key: str) -> Response:
    """The photo of the receipt."""
    with reading() as session:
        find(session, campaign_id, key, Permission.PAPER_WORK)
        receipt = receipts_of(session, campaign_id).get(key)
    if receipt is None or not receipt.photo_sha256:
        raise Missing
    note_handed_out("photo of a receipt handed out", campaign_id, receipt.id)
    return _file(receipt.photo_sha256, receipt.photo_type, receipt.photo_name)


def _ready(campaign_id: int, key: str, packet_id: int) -> tuple[PacketRow, str]:
    with reading() as session:
        found = find(session, campaign_id, key, Permission.PAPER_WORK)
        row = find_packet(session, campaign_id, packet_id)
    if row is None or row.key != key or row.state != "ready":
        raise Missing
    note_handed_out("packet handed out", campaign_id, packet_id)
    who = plain(found.campaign.candidate_name) or "packet"
    return row, f"{who}-{key}{ENDINGS[row.purpose]}"


def _file(sha256: str, media_type: str, name: str) -> Response:
    return send_kept(part(PacketsDesk).papers.store.get(sha256), media_type, name)
