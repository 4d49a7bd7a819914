"""Anything is found by its number, its bag, its seal or its firm."""

from collections.abc import Callable

from kpdesk.desks import finding
from kpdesk.practice import AUDITOR
from tests.desks.practice_books import CERTIFICATE, PARCEL, SHIPMENT, Books


def test_one_word_finds_all_that_a_firm_has(at: Callable[[str], Books]) -> None:
    desk = at("issued")[AUDITOR]
    found = {hit.kind: hit for hit in finding.find_anything(desk, "practice exports")}
    assert {"party", "parcel", "shipment", "certificate"} <= set(found)
    assert {hit.firm for hit in found.values()} == {found["party"].identity}
    assert found["parcel"].carats == found["certificate"].carats
    by_number = next(hit for hit in finding.find_anything(desk, PARCEL) if hit.kind == "parcel")
    assert (by_number.kind, by_number.identity, by_number.about) == ("parcel", PARCEL, found["party"].about)
    assert "shipment" in {hit.kind for hit in finding.find_anything(desk, SHIPMENT)}
    certificate = next(hit for hit in finding.find_anything(desk, CERTIFICATE) if hit.kind == "certificate")
    assert certificate.identity.startswith("ZZ2026"), "an issued certificate is named by its number"
    assert finding.find_anything(desk, "") == ()
    assert finding.find_anything(desk, "nothing of this name") == ()
