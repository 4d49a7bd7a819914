"""Key slots: every way in opens the same key, nobody else's does, and an altered file is told."""

import json
import unicodedata
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpdesk.signing import slotfile, slots
from kpdesk.signing.recovery import RecoveryCodeMistyped, print_recovery_code, read_recovery_code
from kpdesk.signing.slots import Cost, SlotKind, Slots

CHEAP = Cost(32, 1, 1)
PASSWORD = "practice makes perfect"
MACHINE = bytes(range(32))


@cache
def opened() -> tuple[Slots, bytes, str]:
    """A file with one officer on a machine with a keyring, one without, and two recovery codes."""
    file, dek = slots.new_slots(database="0192f0c4", generation=1)
    file, _ = slots.add_password(file, dek=dek, officer="o-1", password=PASSWORD, machine_secret=MACHINE, cost=CHEAP)
    file, _ = slots.add_password(
        file, dek=dek, officer="o-2", password="another long password", machine_secret=None, cost=CHEAP
    )
    file, _ = slots.add_recovery(file, dek=dek, label="ministry’s safe")
    file, code = slots.add_recovery(file, dek=dek, label="bank’s safe")
    return file, dek, code


def test_every_way_in_opens_the_same_key() -> None:
    file, dek, code = opened()
    one = slots.open_with_password(file, officer="o-1", password=PASSWORD, machine_secret=MACHINE)
    other = slots.open_with_password(file, officer="o-2", password="another long password", machine_secret=MACHINE)
    assert one.dek == other.dek == dek == slots.open_with_recovery(file, code=code)
    assert one.sealing_key != other.sealing_key
    assert len({len(each) for each in (one.sealing_key, other.sealing_key, dek)}) == 1


def test_sealing_key_stays_while_the_password_stays() -> None:
    file, dek = slots.new_slots(database="d", generation=1)
    file, sealing = slots.add_password(file, dek=dek, officer="o-1", password=PASSWORD, machine_secret=None, cost=CHEAP)
    again = slotfile.load(slotfile.dump(file))
    for _ in range(2):
        assert (
            slots.open_with_password(again, officer="o-1", password=PASSWORD, machine_secret=None).sealing_key
            == sealing
        )


def test_secrets_are_not_shown() -> None:
    file, dek, _ = opened()
    unlocked = slots.open_with_password(file, officer="o-1", password=PASSWORD, machine_secret=MACHINE)
    assert dek.hex() not in repr(unlocked)
    assert str(dek) not in repr(unlocked)


@pytest.mark.parametrize(
    ("officer", "password"),
    [("o-1", "practice makes perfect?"), ("o-2", PASSWORD), ("nobody", PASSWORD), ("", ""), ("o-1", "x" * 10_000)],
)
def test_wrong_passphrase(officer: str, password: str) -> None:
    with pytest.raises(slots.WrongPassphrase):
        slots.open_with_password(opened()[0], officer=officer, password=password, machine_secret=MACHINE)


def test_machine_secret_is_a_second_ingredient() -> None:
    file = opened()[0]
    with pytest.raises(slots.NoMachineSecret):
        slots.open_with_password(file, officer="o-1", password=PASSWORD, machine_secret=None)
    with pytest.raises(slots.WrongPassphrase):
        slots.open_with_password(file, officer="o-1", password=PASSWORD, machine_secret=bytes(32))


def test_password_is_normalised_and_never_cut() -> None:
    file, dek = slots.new_slots(database="d", generation=1)
    long = "é" * 600
    file, _ = slots.add_password(file, dek=dek, officer="o-1", password=long, machine_secret=None, cost=CHEAP)
    other_keyboard = unicodedata.normalize("NFD", long)
    assert slots.open_with_password(file, officer="o-1", password=other_keyboard, machine_secret=None).dek == dek
    with pytest.raises(slots.WrongPassphrase):
        slots.open_with_password(file, officer="o-1", password=long[:-1], machine_secret=None)


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("14 characters.", slots.PasswordTooShort),
        ("", slots.PasswordTooShort),
        ("\ufdfa" * 14, slots.PasswordTooShort),
        ("x" * 1025, slots.PasswordTooLong),
    ],
)
def test_passwords_refused(password: str, refusal: type[Exception]) -> None:
    file, dek = slots.new_slots(database="d", generation=1)
    with pytest.raises(refusal):
        slots.add_password(file, dek=dek, officer="o-1", password=password, machine_secret=None, cost=CHEAP)


def test_new_password_takes_the_place_of_the_old() -> None:
    file, dek, _ = opened()
    changed, sealing = slots.add_password(
        file, dek=dek, officer="o-1", password="quite another password", machine_secret=None, cost=CHEAP
    )
    assert len(changed.slots) == len(file.slots)
    unlocked = slots.open_with_password(changed, officer="o-1", password="quite another password", machine_secret=None)
    assert (unlocked.dek, unlocked.sealing_key) == (dek, sealing)
    with pytest.raises(slots.WrongPassphrase):
        slots.open_with_password(changed, officer="o-1", password=PASSWORD, machine_secret=MACHINE)


def test_removed_slot_opens_nothing_and_the_last_one_stays() -> None:
    file, dek, code = opened()
    leaver, stays = file.of("o-1"), file.of("o-2")
    assert leaver
    assert stays
    left = slots.remove(file, dek=dek, slot_id=leaver.id)
    with pytest.raises(slots.WrongPassphrase):
        slots.open_with_password(left, officer="o-1", password=PASSWORD, machine_secret=MACHINE)
    assert slots.open_with_recovery(left, code=code) == dek
    with pytest.raises(slots.LastSlot):
        slots.remove(left, dek=dek, slot_id=stays.id)
    assert slots.remove(left, dek=dek, slot_id="unknown") == left


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\n"])
def test_recovery_code_as_people_type_it(typed: str) -> None:
    _, _, code = opened()
    file, dek, _ = opened()
    for each in (code, code.lower(), code.replace(" ", "-"), code.replace(" ", "")):
        assert slots.open_with_recovery(file, code=typed.format(each)) == dek


def test_recovery_code_folds_twins() -> None:
    secret = next(
        secret
        for secret in (bytes([place]) * 32 for place in range(256))
        if set("OIB") <= set(print_recovery_code(secret))
    )
    typed = print_recovery_code(secret).replace("O", "0").replace("I", "1").replace("B", "8")
    assert read_recovery_code(typed) == secret


@given(st.binary(min_size=32, max_size=32), st.integers(0, 69), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_misread_recovery_code_is_told_before_any_lock(secret: bytes, place: int, sign: str) -> None:
    code = print_recovery_code(secret)
    assert [len(group) for group in code.split()] == [4] * 14
    assert read_recovery_code(code) == secret
    misread = code[:place] + sign + code[place + 1 :] if place < len(code) else code
    if misread != code:
        with pytest.raises(RecoveryCodeMistyped):
            read_recovery_code(misread)


@given(st.text(max_size=80) | st.text("ABC234567890", min_size=56, max_size=56))
@example("9" * 56)
def test_no_recovery_code_raises_but_a_refusal(typed: str) -> None:
    with pytest.raises(RecoveryCodeMistyped):
        read_recovery_code(typed)


def test_a_code_of_another_database() -> None:
    with pytest.raises(slots.WrongPassphrase):
        slots.open_with_recovery(opened()[0], code=print_recovery_code(bytes(32)))


def test_file_comes_back() -> None:
    file = opened()[0]
    assert slotfile.load(slotfile.dump(file)) == file


@pytest.mark.parametrize(
    "altered",
    [
        lambda file: replace(file, slots=file.slots[:-1]),
        lambda file: replace(file, slots=file.slots[::-1]),
        lambda file: replace(file, mac=bytes(32)),
        lambda file: replace(file, slots=(*file.slots, replace(file.slots[1], id="0", owner="o-3"))),
    ],
)
def test_altered_file_is_told(altered: object) -> None:
    file, dek, _ = opened()
    changed = altered(file)  # type: ignore[operator]
    with pytest.raises(slots.SlotsDamaged):
        slots.open_with_password(changed, officer="o-1", password=PASSWORD, machine_secret=MACHINE)
    with pytest.raises(slots.SlotsDamaged):
        slots.add_recovery(changed, dek=dek, label="x")


@pytest.mark.parametrize("change", [{"database": "other"}, {"generation": 2}])
def test_slot_belongs_to_one_generation_of_one_database(change: dict[str, object]) -> None:
    with pytest.raises(slots.WrongPassphrase):
        slots.open_with_password(
            replace(opened()[0], **change),
            officer="o-1",
            password=PASSWORD,
            machine_secret=MACHINE,  # type: ignore[arg-type]
        )


@pytest.mark.parametrize(
    "cost", [(2 * 1024 * 1024, 1, 1), (65536, 11, 1), (65536, 0, 1), (65536, 3, 17), (7, 1, 1), (65536, 3, 0)]
)
def test_a_forged_slot_cannot_hang_the_desk(cost: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="forged"):
        Cost(*cost)
    record = json.loads(slotfile.dump(opened()[0]))
    record["slots"][0]["argon2id"] = dict(zip(("memory", "passes", "lanes"), cost, strict=True))
    with pytest.raises(slotfile.NotSlots):
        slotfile.load(json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n")


@pytest.mark.parametrize("cost", [slots.STANDARD, slots.SMALL, slots.WITHOUT_KEYRING])
def test_offered_costs_are_within_the_limits(cost: Cost) -> None:
    assert cost.memory >= 19 * 1024


def test_memory_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    from argon2.exceptions import HashingError

    def fails(*_: object, **__: object) -> bytes:
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(slots, "hash_secret_raw", fails)
    with pytest.raises(slots.MemoryTooSmall):
        slots.open_with_password(opened()[0], officer="o-1", password=PASSWORD, machine_secret=MACHINE)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "kpdesk-slots/2"},
        {"generation": -1},
        {"generation": True},
        {"generation": "1"},
        {"database": ""},
        {"database": "x" * 201},
        {"slots": {}},
        {"slots": [7]},
        {"slots": [{}] * 201},
        {"mac": ""},
        {"mac": "zz"},
        {"more": 1},
    ],
)
def test_not_slots(change: dict[str, object]) -> None:
    record = json.loads(slotfile.dump(opened()[0])) | change
    with pytest.raises(slotfile.NotSlots):
        slotfile.load(json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n")


@pytest.mark.parametrize(
    ("name", "value"),
    [("kind", "token"), ("salt", "00"), ("sealed", "00"), ("machine", 1), ("argon2id", 3), ("owner", 1), ("id", "")],
)
def test_not_a_slot(name: str, value: object) -> None:
    record = json.loads(slotfile.dump(opened()[0]))
    record["slots"][0][name] = value
    with pytest.raises(slotfile.NotSlots):
        slotfile.load(json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n")


def test_two_slots_of_one_identity() -> None:
    file, *_ = opened()
    with pytest.raises(slotfile.NotSlots):
        slotfile.load(slotfile.dump(replace(file, slots=(*file.slots, file.slots[0]))))


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"null\n", bytes(slotfile.MOST_BYTES + 1)])
def test_not_slots_at_all(data: bytes) -> None:
    with pytest.raises(slotfile.NotSlots):
        slotfile.load(data)


@given(st.integers(0, 5_000), st.integers(1, 255))
def test_no_changed_byte_opens(place: int, change: int) -> None:
    data = bytearray(slotfile.dump(opened()[0]))
    data[place % len(data)] ^= change
    try:
        file = slotfile.load(bytes(data))
    except slotfile.NotSlots:
        return
    troubles = (slots.WrongPassphrase, slots.SlotsDamaged, slots.NoMachineSecret)
    if not any(slot.cost and slot.cost.memory > 1024 for slot in file.slots):
        with pytest.raises(troubles):
            slots.open_with_password(file, officer="o-1", password=PASSWORD, machine_secret=MACHINE)


@given(st.binary(max_size=100))
def test_no_bytes_raise_but_a_trouble(data: bytes) -> None:
    with pytest.raises(slotfile.NotSlots):
        slotfile.load(data)


def test_kinds_are_told_apart_in_the_file() -> None:
    assert [slot.kind for slot in opened()[0].slots] == [SlotKind.PASSWORD] * 2 + [SlotKind.RECOVERY] * 2
