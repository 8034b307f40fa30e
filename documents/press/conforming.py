"""What makes a file both PDF/UA-1 and PDF/A-2u; the engine itself writes one of the two.

Sources: ISO 14289-1 (5, 7.8), ISO 19005-2 (6.6.2.3). What could not be found out about either is
in docs/decisions/0016: the file claims both, and no validator has been asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

UA_IDENTITY = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF>"""  # noqa: E501 - the schema is written as its standard writes it.
"""The second identifier, and its description: PDF/A knows no other schema without one."""
END = b"</rdf:RDF>"
NOTHING = b"null"
Found = Any  # The objects of the engine's writer have no types.


def claim_both(_document: object, pdf: pydyf.PDF) -> None:
    """Finish a tagged PDF/A-2u so that it is PDF/UA-1 too. Raises LookupError for another file."""
    _identify(pdf)
    _set_margins_apart(pdf)


def _identify(pdf: pydyf.PDF) -> None:
    metadata = _object(pdf, pdf.catalog["Metadata"])
    (text,) = metadata.stream
    if text.count(END) != 1:
        raise LookupError("the metadata are not those of the engine")
    metadata.stream[:] = [text.replace(END, UA_IDENTITY)]


def _set_margins_apart(pdf: pydyf.PDF) -> None:
    """Mark what stands in the margins of each sheet as no part of the text.

    The engine marks it as text and then leaves it out of the tree, so that a reader would meet
    words that belong nowhere; the same number and code stand on every sheet.
    """
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    known = set(_reached(pdf, root["K"]))
    places = _object(pdf, root["ParentTree"])["Nums"]
    pages = [_object(pdf, reference) for reference in pdf.page_references]
    for page, owners in zip(pages, places[1::2]):
        loose = {mark for mark, owner in enumerate(owners) if owner not in known}
        _unmark(_object(pdf, page["Contents"]).stream, loose)
        for mark in loose:
            owners[mark] = NOTHING


def _unmark(stream: list[Found], loose: set[int]) -> None:
    for at, part in enumerate(stream):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in loose:
            stream[at - 1 : at + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _reached(pdf: pydyf.PDF, references: list[Found]) -> Iterator[bytes]:
    """Give every element of the tree; numbers among the references are marks, not elements."""
    waiting = [reference for reference in references if isinstance(reference, bytes)]
    while waiting:
        reference = waiting.pop()
        yield reference
        inside = _object(pdf, reference).get("K", ())
        waiting += [other for other in inside if isinstance(other, bytes)]


def _object(pdf: pydyf.PDF, reference: bytes) -> Found:
    return pdf.objects[int(reference.split()[0])]
