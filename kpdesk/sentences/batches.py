"""Batches, receipts, lists."""

from kpdesk.sentences.words import Sentence

BATCHES = {
    "NotABatch": Sentence("“{file}” is not a batch or receipt of this program.", "Choose a file that ends in .asice."),
    "BatchDamaged": Sentence(
        "“{file}” is not what was signed: {part} differs. It was damaged or altered on its way.",
        "Keep the file, ask the sender for it again, and compare.",
    ),
    "BatchTooLarge": Sentence(
        "“{file}” is larger than a batch may be, at {part} (most: {most}).",
        "The sender splits the period into several batches.",
    ),
    "BatchBomb": Sentence(
        "“{file}” pretends to be small: {part} would unpack to far more than it holds.",
        "Do not open it with other programs; keep it and tell the Authority.",
    ),
    "BatchPathTrick": Sentence(
        "“{file}” holds an entry with a name that is not allowed: {name}.",
        "Do not unpack it with other programs; keep it and tell the Authority.",
    ),
    "FileNotWritten": Sentence(
        "“{file}” could not be written ({problem}); nothing of it was left behind.",
        "Check that the disk or stick is there, has room and is not locked, then do it again.",
    ),
    "RecordNotCanonical": Sentence(
        "Line {line} of {file} is not a record as this program writes it.", "The sender makes the batch again."
    ),
    "LineTooLong": Sentence(
        "Line {line} of {file} is longer than a record may be, or has no end.", "The sender makes the batch again."
    ),
    "TooManyRecords": Sentence("{file} holds more than {most} records.", "The sender makes the batch again."),
    "TooFewRecords": Sentence(
        "{file} holds {found} records where {announced} were announced.", "The sender makes the batch again."
    ),
    "UnknownSchema": Sentence(
        "This version of the program does not know records of the kind “{schema}”.", "Install the newer version here."
    ),
    "HeaderDamaged": Sentence(
        "The header of this {header} is not one that this version of the program knows.",
        "Install the newer version here; if it is the newest, ask the sender to make the file again.",
    ),
    "NotAnOffice": Sentence(
        "“{text}” is not an office's code.",
        "Write the two letters of the participant, a hyphen, and 2 to 8 capital letters or digits: ZZ-MAIN.",
    ),
    "RequestUnfit": Sentence(
        "The request for a certificate is damaged, has a weak key, or is of another office.",
        "The office makes a new request; compare its digest with the signed paper.",
    ),
    "CertificateUnreadable": Sentence(
        "The file is no certificate that this program can read.", "Ask the Authority for the file again."
    ),
    "CertificateUnfit": Sentence(
        "Certificate {serial} was made for something else.", "Do not rely on the file; ask the sender who signed it."
    ),
    "CertificateNotTrusted": Sentence(
        "Certificate {serial} is not from the Authority that this office knows.",
        "Do not rely on the file. If the Authority has a new certificate, two officers take it over first.",
    ),
    "CertificateNotYetValid": Sentence(
        "Certificate {serial} counts from {begins} only.", "Check the date of this computer, then try again."
    ),
    "CertificateExpired": Sentence(
        "Certificate {serial} counted until {ended}.", "The sender renews the certificate and signs again."
    ),
    "CertificateRevoked": Sentence(
        "Certificate {serial} was revoked on {since}.", "Do not rely on the file; tell the Authority."
    ),
    "CertificateOfAnother": Sentence(
        "Certificate {serial} belongs to “{office}”, not to “{wanted}”.",
        "Do not rely on the file; ask the sender who signed it.",
    ),
    "RevocationsMissing": Sentence(
        "There is no list of revoked certificates from the Authority here.", "Take in the newest receipt first."
    ),
    "RevocationsStale": Sentence(
        "The list of revoked certificates does not cover today (its date: {renewal}).",
        "Take in the newest receipt, and check the date of this computer.",
    ),
    "SignatureBroken": Sentence(
        "The signature does not belong to these bytes: the file was damaged or altered.",
        "Keep the file, ask the sender for it again, and compare.",
    ),
    "NotAnEnvelope": Sentence("The file is not an encrypted batch.", "Choose a file that ends in .asice.p7m."),
    "EnvelopeTooLarge": Sentence(
        "The file is larger than a batch may be (most: {most} bytes).",
        "The sender splits the period into several batches.",
    ),
    "EnvelopeDamaged": Sentence(
        "The encrypted batch was damaged or altered on its way; nothing of it was written.",
        "Ask the sender for it again.",
    ),
    "NotForUs": Sentence(
        "The batch was encrypted for the holder of another certificate.",
        "Choose the key it was made for, or ask the sender to encrypt it for the current certificate.",
    ),
    "KeyNotRead": Sentence(
        "The file is no encryption key, or the passphrase is another.",
        "Check the file, then type the passphrase again.",
    ),
    "KPB-301": Sentence(
        "Another batch with the same number has come before.",
        "Keep both files and ask the office in person which one it sent.",
    ),
    "KPB-302": Sentence("Earlier batches are missing.", "Ask the office for them; this one is kept until they come."),
    "KPB-303": Sentence(
        "The batch follows one that the Authority has never seen.",
        "Keep the file and ask the office in person what it sent before.",
    ),
    "KPB-304": Sentence(
        "The batch is older than the last one, and unknown.", "Keep the file and ask the office in person."
    ),
    "KPB-305": Sentence(
        "The office's history in this batch does not go on from the history known here.",
        "Keep the file; the office may have put back an old copy of its store. Ask in person.",
    ),
}
