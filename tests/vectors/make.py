"""Writes the vectors beside it: `python -m tests.vectors.make`. Each folder is one answer, each file one code."""

import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import cbor2

from kpdesk.domain.certificate import Kind, Number
from kpdesk.domain.trust import key_id
from kpdesk.signing import base45, code, content, lists
from kpdesk.signing.cbor import Item, decode, encode
from kpdesk.signing.keys import KeyPair, Signer
from tests.vectors.practice import (
    CONFIRMER,
    EDWARDS,
    LISTER,
    LISTS,
    LONG,
    NOW,
    OFFICE,
    OLD,
    PARTNER,
    REVOKED,
    SHORT,
    STRANGER,
    numbered,
)

FOLDER = Path(__file__).parent
FULL = content.claims_of(SHORT).full


def pack(data: bytes, prefix: str = "KPC1:") -> str:
    return prefix + base45.encode(zlib.compress(data, 9))


def signed(
    payload: bytes = FULL,
    *,
    signer: Signer = OFFICE,
    protected: dict[int, Item] | None = None,
    unprotected: dict[int, Item] | None = None,
    tag: bytes = b"\xd2",
) -> bytes:
    """A COSE_Sign1 put together by hand, so that every part of it can be wrong."""
    header = encode({1: -7, 4: key_id(signer.public)} if protected is None else protected)
    signature = signer.sign(encode(["Signature1", header, b"", payload]))
    return tag + encode([header, unprotected or {}, payload, signature])


def stated(change: Callable[[dict[int, Item]], object]) -> str:
    """A code whose content was changed before it was signed."""
    claims = decode(FULL)
    assert isinstance(claims, dict)
    inside = claims[-65537]
    assert isinstance(inside, dict)
    change(inside)
    return pack(signed(cbor2.dumps(claims, canonical=True)))


def flipped(data: bytes, place: int) -> str:
    return pack(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])


def codes() -> dict[str, str]:
    """Every vector, by its file's name."""

    def full(facts: object = SHORT, signer: Signer = OFFICE) -> str:
        return code.sign(facts, signer=signer).full  # type: ignore[arg-type]

    good, twin = signed(), signed(content.claims_of(SHORT).compact)
    office, stranger = key_id(OFFICE.public), key_id(STRANGER.public)
    expired = replace(numbered(44), issued=date(2026, 7, 1), expires=date(2026, 8, 30))
    return {
        "valid/short": full(),
        "valid/long": full(LONG),
        "valid/compact": code.sign(LONG, signer=OFFICE).compact,
        "valid/technical": full(replace(SHORT, kind=Kind.TECHNICAL)),
        "valid/practice": full(replace(SHORT, kind=Kind.PRACTICE)),
        "valid/replaces": full(replace(SHORT, replaces=Number("ZZ00000041"))),
        "valid/ed25519": full(SHORT, EDWARDS),
        "valid/before_revocation": full(replace(SHORT, issued=date(2026, 10, 31)), REVOKED),
        "valid/last_day": full(replace(SHORT, issued=date(2026, 9, 23), expires=NOW.date())),
        "valid/next_day_in_the_east": full(replace(SHORT, issued=date(2026, 11, 23))),
        "valid/tags_61_and_18": pack(signed(tag=b"\xd8\x3d\xd2")),
        "valid/untagged": pack(signed(tag=b"")),
        "valid/kid_unprotected": pack(signed(protected={1: -7}, unprotected={4: office})),
        "tampered/content": flipped(good, good.index(b"Practice Exports")),
        "tampered/total": pack(good.replace(encode(60170100), encode(60170101))),
        "tampered/header": pack(signed(protected={1: -7, 4: office, 3: "x"}).replace(b"\x61x", b"\x61y")),
        "tampered/signature": flipped(good, len(good) - 1),
        "tampered/signature_of_the_twin": pack(good[:-64] + twin[-64:]),
        "tampered/signature_cut": pack(good[:-66] + encode(good[-64:-1])),
        "tampered/signature_empty": pack(good[:-66] + b"\x40"),
        "tampered/signature_zero": pack(good[:-64] + bytes(64)),
        "tampered/key_of_another": pack(signed(signer=PARTNER, protected={1: -7, 4: office})),
        "tampered/kid_right_only_unprotected": pack(
            signed(protected={1: -7, 4: key_id(PARTNER.public)}, unprotected={4: office})
        ),
        "expired/expired": full(expired),
        "expired/yesterday": full(replace(expired, expires=date(2026, 11, 21))),
        "expired_and_void/both": full(replace(expired, number=Number("ZZ00000101"))),
        "void/void": full(numbered(101)),
        "void/spoiled": full(numbered(103)),
        "void/compact": code.sign(numbered(101), signer=OFFICE).compact,
        "lost/missing": full(numbered(102)),
        "received/elsewhere": full(numbered(201)),
        "alert/stolen_blank": full(numbered(350)),
        "alert/zeros_apart": full(numbered(401)),
        "unknown_issuer/stranger": full(SHORT, STRANGER),
        "unknown_issuer/kid_right_only_unprotected": pack(
            signed(protected={1: -7, 4: stranger}, unprotected={4: office})
        ),
        "unknown_issuer/no_kid": pack(signed(protected={1: -7})),
        "revoked/after": full(SHORT, REVOKED),
        "outside_validity/after": full(SHORT, OLD),
        "outside_validity/before": full(replace(SHORT, issued=date(2025, 12, 31))),
        "other_purpose/confirmations": full(SHORT, CONFIRMER),
        "other_algorithm/eddsa_for_es256": pack(signed(protected={1: -8, 4: office})),
        "other_algorithm/es384": pack(signed(protected={1: -35, 4: office})),
        "other_algorithm/none": pack(signed(protected={4: office})),
        "other_issuer/number": full(SHORT, PARTNER),
        "other_issuer/stated_issuer": full(replace(SHORT, participant="XZ")),
        "other_issuer/prefix": full(replace(SHORT, number=Number("XZ00000042"))),
        "not_yet/in_a_week": full(replace(SHORT, issued=date(2026, 11, 29))),
        "copy/copy": full(replace(SHORT, kind=Kind.COPY)),
        "not_content/no_map": pack(signed(encode([1, 2, 3]))),
        "not_content/no_claims": pack(signed(encode({}))),
        "not_content/trailing_byte": pack(signed(FULL + b"\0")),
        "not_content/long_integer": pack(signed(FULL.replace(encode(60170100), b"\x1b" + (60170100).to_bytes(8)))),
        "not_content/unsorted_keys": pack(signed(cbor2.dumps(dict(reversed(decode(FULL).items()))))),  # type: ignore[union-attr]
        "not_content/key_twice": pack(signed(b"\xa5" + FULL[1:] + b"\x01\x62ZZ")),
        "not_content/total_differs": stated(lambda inside: inside.update({13: 60170101})),
        "not_content/unknown_entry": stated(lambda inside: inside.update({19: 1})),
        "not_content/entry_missing": stated(lambda inside: inside.pop(9)),
        "not_content/true_for_one": stated(lambda inside: inside.update({True: inside.pop(1)})),
        "not_content/control_character": stated(lambda inside: inside.update({4: "Practice\x1bOffice"})),
        "not_content/not_nfc": stated(lambda inside: inside.update({4: "Pratique a\u0301"})),
        "not_content/long_text": stated(lambda inside: inside.update({4: "x" * 481})),
        "not_content/negative": stated(lambda inside: inside.update({11: -1})),
        "not_content/float": stated(lambda inside: inside.update({11: 3.0})),  # type: ignore[dict-item]
        "not_content/no_number": stated(lambda inside: inside.update({1: "00000042"})),
        "not_content/unknown_heading": stated(lambda inside: inside.update({10: [[710239, 3000, 60170100]]})),
        "not_content/heading_twice": stated(lambda inside: inside.update({10: [[710231, 1500, 30085050]] * 2})),
        "not_content/anchor_of_nine_bytes": stated(lambda inside: inside.update({17: [1, 2, bytes(9)]})),
        "not_content/origins_no_list": stated(lambda inside: inside.update({7: "ZZ"})),
        "not_content/twin_with_more": pack(signed(_twin_with_more())),
        "not_content/unknown_kind": stated(lambda inside: inside.update({2: 4})),
        "not_content/tag_inside": stated(lambda inside: inside.update({11: cbor2.CBORTag(4, [2, 3])})),  # type: ignore[dict-item]
        "not_content/part_of_a_day": pack(signed(FULL.replace(encode(1795132800), encode(1795132801)))),
        "foreign/other_prefix": pack(good, "HC1:"),
        "foreign/lower_case": pack(good, "kpc1:"),
        "foreign/number_only": "ZZ00000042",
        "foreign/empty": "",
        "mistyped/lower_case": pack(good).replace("KPC1:", "KPC1:a", 1),
        "mistyped/cut_group": "KPC1:" + base45.encode(b"ab") + "A",
        "mistyped/out_of_range": "KPC1:" + pack(good)[5:][:300] + ":::",
        "mistyped/two_out_of_range": "KPC1:" + base45.encode(b"ab") + "::",
        "mistyped/fullwidth": "KPC1:" + chr(0xFF21) * 3,
        "damaged/not_zlib": "KPC1:" + base45.encode(good),
        "damaged/cut": "KPC1:" + base45.encode(zlib.compress(good, 9)[:-10]),
        "damaged/bytes_behind": "KPC1:" + base45.encode(zlib.compress(good, 9) + b"xx"),
        "damaged/one_character": _one_character(pack(good)),
        "damaged/nothing": "KPC1:",
        "too_large/zlib_bomb": pack(bytes(2_700_000)),
        "too_large/one_byte_over": pack(bytes(16_385)),
        "too_long/seventy_thousand": pack(bytes(50_000_000))[:73_000],
        "malformed/empty": pack(b""),
        "malformed/number": pack(encode(1)),
        "malformed/three_parts": pack(b"\xd2" + encode([b"", {}, b""])),
        "malformed/texts": pack(b"\xd2" + encode(["a", {}, "b", "c"])),
        "malformed/kid_no_bytes": pack(signed(protected={1: -7, 4: "office"})),
        "malformed/kid_unprotected_no_bytes": pack(signed(protected={1: -7}, unprotected={4: 7})),
        "malformed/content_type_no_text": pack(signed(protected={1: -7, 3: 7, 4: office})),
        "malformed/critical": pack(signed(protected={1: -7, 2: [99], 4: office})),
        "malformed/header_no_map": pack(b"\xd2" + encode([encode([1]), {}, FULL, bytes(64)])),
        "malformed/bytes_behind": pack(good + b"\0"),
        "malformed/deep": pack(b"\x81" * 5000),
        "malformed/other_tag": pack(b"\xd1" + good[1:]),
        "malformed/cwt_without_18": pack(b"\xd8\x3d" + good[1:]),
    }


def _twin_with_more() -> bytes:
    claims = decode(content.claims_of(SHORT).compact)
    assert isinstance(claims, dict)
    inside = claims[-65538]
    assert isinstance(inside, dict)
    return encode({**claims, -65538: {**inside, 11: 3}})


def _one_character(text: str) -> str:
    """One character of the middle misread: the check sum of zlib tells."""
    place = len(text) // 2
    return text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :]


def list_files() -> dict[str, bytes]:
    data = lists.make(LISTS, signer=LISTER)
    foreign: KeyPair = STRANGER
    return {
        "lists/valid/lists": data,
        "lists/foreign/other_key": lists.make(LISTS, signer=foreign),
        "lists/altered/one_bit": data.replace(b"ZZ00000101", b"ZZ00000100"),
        "lists/not_lists/a_code": signed(),
        "lists/not_lists/bytes_behind": data + b"\0",
    }


def main() -> None:
    for name, text in codes().items():
        _write(FOLDER / f"{name}.txt", text.encode() + b"\n")
    for name, data in list_files().items():
        _write(FOLDER / f"{name}.cose", data)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    main()
