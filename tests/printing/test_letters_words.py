"""Letters: every language has every word, names what the English names, and stays within its lines and its page."""

import string
import tomllib
from dataclasses import replace
from datetime import date

import pytest

from kpdesk.domain.advice import Amendable, Correction, LetterKind
from kpdesk.domain.certificate import Anchor, Facts, Kind, Line, Named, Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.issuance import LISTED_VOID
from kpdesk.domain.measures import Carats, Money
from kpdesk.exchange import mail
from kpdesk.printing import advice
from kpdesk.printing.advice import COLUMNS, Content, Sender
from kpdesk.printing.faces import TooLongForPaper
from resources import path

LANGUAGES = sorted(file.stem for file in path("letters").glob("*.toml"))
WORDS = {name: tomllib.loads(path(f"letters/{name}.toml").read_text("utf-8")) for name in LANGUAGES}
FACTS = Facts(
    kind=Kind.ORIGINAL,
    edition="2026-1",
    number=Number("ZZ2026001377"),
    participant="ZZ",
    issuing_authority="Practice authority",
    origins=("ZZ",),
    provenance="ZZ",
    destination="XZ",
    exporter=Named("Practice Exports with a name as long as a firm’s name may well be, Société Anonyme", "1 Street"),
    importer=Named("Practice Imports", "2 Street"),
    lines=tuple(Line(Heading.UNSORTED, Carats.of("12345.00"), Money.of("9000000.00")) for _ in range(14)),
    parcels=14,
    containers=3,
    seals=("TS000001", "TS000002", "TS000003"),
    issued=date(2026, 11, 22),
    expires=date(2027, 1, 21),
    replaces=Number("ZZ2026001376"),
    anchor=Anchor(1, 9, bytes(10)),
)
SENDER = Sender(
    authority="Practice authority",
    office="Practice office",
    dated="Practice Town, 22 Nov 2026",
    to=["Practice authority XZ", "Practice Port"],
)
NAMED = {"number": "ZZ2026001377", "count": "2", "days": "31", "instruction": "A-2026-000001"}


def content(kind: LetterKind, facts: Facts = FACTS) -> Content:
    wrong = Correction(Amendable.IMPORTER_ADDRESS, "Rua do Porto 5", "Rua do Porto 15")
    return Content(
        kind=kind,
        facts=NAMED,
        rows=[*advice.certificate_rows(facts, country=lambda code: f"Practice country {code}"), ("carrier", "by_hand")],
        reason="void" if kind is LetterKind.NOTICE else "",
        corrections=(wrong,) if kind is LetterKind.AMENDMENT else (),
    )


def shape(words: object) -> object:
    """Keys, and what each text names."""
    if isinstance(words, dict):
        return {key: shape(each) for key, each in words.items()}
    return sorted({name for _, name, _, _ in string.Formatter().parse(words) if name}) if isinstance(words, str) else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language: str) -> None:
    assert shape(WORDS[language]) == shape(WORDS["en"])
    assert set(WORDS[language]["fields"]) == {each.value for each in Amendable}
    assert set(WORDS[language]["reasons"]) == {state.value for state in LISTED_VOID}
    assert {kind.value for kind in LetterKind} <= set(WORDS[language])


def test_a_participant_is_written_to_in_one_language() -> None:
    spoken = [code for words in WORDS.values() for code in words["participants"]]
    assert len(set(spoken)) == len(spoken)
    assert [advice.language_of(code) for code in ("AO", "CD", "RU", "XZ", "IN", "EU")] == [
        "pt", "fr", "ru", "pt", "en", "en",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_keeps_its_lines_and_its_page(kind: LetterKind, language: str) -> None:
    text = advice.letter(content(kind), SENDER, language=language)
    assert max(len(line) for line in text.splitlines()) <= COLUMNS
    for words in ("Practice authority XZ", "ZZ2026001377", "172 830.00 ct", "Société Anonyme", "TS000003"):
        assert words in text
    assert "{" not in text
    assert text.count(WORDS["en"][kind.value]["closing"][:20]) == 1
    assert advice.page(text, title="Practice") == advice.page(text, title="Practice")


def test_a_mixed_origin_names_no_country() -> None:
    text = advice.letter(content(LetterKind.PRE_ADVICE, replace(FACTS, origins=("LR", "ZZ"))), SENDER, language="fr")
    assert "mixed origin / origine mixte" in text
    assert "Practice country LR" not in text


def test_too_much_for_a_page_is_said() -> None:
    with pytest.raises(TooLongForPaper):
        advice.page("line\n" * 200, title="Practice")


def test_a_mail_is_the_same_each_time_and_reads_without_a_program() -> None:
    text = advice.letter(content(LetterKind.PRE_ADVICE), SENDER, language="ru")
    given = {"subject": "Pre-advice", "to": "a@b.example", "text": text, "files": {"a.kpa": b"\x00" * 99}}
    made = mail.mail(**given)  # type: ignore[arg-type]
    assert made == mail.mail(**given)  # type: ignore[arg-type]
    assert "Предварительное" in made.decode()
    assert mail.text_of(made) == ("Pre-advice", text)
    assert max(len(line) for line in made.split(b"\r\n")) <= 998


@pytest.mark.parametrize(
    "to",
    ["", "nobody", "a@b", "a@b.example\r\nBcc: c@d.example", "a b@c.example", "\u0430@b.example", "x@y.example, z"],
)
def test_what_is_no_address_is_left_out(to: str) -> None:
    made = mail.mail(subject="S", to=to, text="T\n", files={})
    assert b"To:" not in made
    assert b"Bcc" not in made
