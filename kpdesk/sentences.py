"""One sentence for each finding, refusal, trouble and answer, and what to do about it: English, by its code.

The command line prints them as they stand; the window passes them through its translation. `{name}` are the
outcome's facts.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kpdesk.domain.outcomes import Finding, Outcome


class Sentence(NamedTuple):
    what: str
    """What is wrong."""
    todo: str
    """What to do."""


MEASURES = {
    "NotAnAmount": Sentence(
        "“{text}” is not an amount.",
        "Write digits with one point or comma before the decimals, and spaces between thousands if you like.",
    ),
    "TooManyDecimals": Sentence("“{text}” has more than {places} decimals.", "Write at most {places} decimals."),
    "AmountOutOfRange": Sentence("“{text}” is out of range.", "Write a positive amount."),
    "NotANumber": Sentence(
        "“{text}” is not a certificate number.",
        "Write the two letters of the participant and then the digits, as printed.",
    ),
    "Stopped": Sentence("This cannot go on yet.", "Mend each finding, then try again."),
}

SCANNING = {
    "NoFrames": Sentence(
        "There is nothing to look at in “{file}”.", "Choose a folder of PNG or JPEG pictures, or a video file."
    ),
    "FileUnreachable": Sentence(
        "“{file}” cannot be opened.", "Check that it is there, that it is a file, and that you may read it."
    ),
    "FileEmpty": Sentence("“{file}” is empty.", "Ask the sender for it again, or scan the sheet again."),
    "FileTooLarge": Sentence(
        "“{file}” is too large: {size} bytes, and the limit is 64 MiB.", "Scan the sheet again at 300 dpi in grey."
    ),
    "NotAPicture": Sentence(
        "“{file}” is neither a PNG nor a JPEG picture nor a PDF.", "Save or scan it again as one of these."
    ),
    "PictureTooLarge": Sentence(
        "The picture in “{file}” is too large to be unpacked safely.",
        "Use a picture of at most 40 million pixels; 300 dpi are enough.",
    ),
    "PictureDamaged": Sentence(
        "“{file}” is cut short or damaged.", "Ask the sender for it again, or scan the sheet again."
    ),
    "PictureLocked": Sentence("“{file}” is a PDF behind a password.", "Ask the sender for it without a password."),
    "ReaderTimedOut": Sentence(
        "Reading “{file}” took too long and was stopped.", "Scan the sheet again at 300 dpi, one sheet a file."
    ),
    "ReaderDied": Sentence(
        "The reader of strange files broke off at “{file}”.",
        "Other files can be read; if this one fails again, do not open it in other programs either.",
    ),
}

STORE = {
    "FolderMissing": Sentence(
        "There is no folder “{folder}”.", "Check the path, or connect the disk it lies on, then try again."
    ),
    "FolderReadOnly": Sentence(
        "The store may not be written: its folder, its file or its disk is read-only.",
        "Ask for the right to write there, or mount the disk for writing, then open the desk again.",
    ),
    "NetworkFolder": Sentence(
        "“{folder}” lies on another machine ({system}), where a store is not safe.",
        "Keep the store on a fixed disk of this machine; for several desks use a PostgreSQL server.",
    ),
    "RemovableFolder": Sentence(
        "“{folder}” lies on a medium that can be pulled out.",
        "Keep the store on a fixed disk of this machine; use the medium for backups.",
    ),
    "SyncedFolder": Sentence(
        "“{folder}” is copied by {program}, which would damage the store.",
        "Choose a folder that no sync program touches.",
    ),
    "StoreMissing": Sentence(
        "There is no store at “{path}”.", "Check the folder, or restore the newest backup into it."
    ),
    "StoreExists": Sentence("There is already a file “{path}”.", "Open that store, or choose an empty folder."),
    "EmptyFile": Sentence(
        "“{path}” is empty: nothing was ever kept in it, or its disk lost it.",
        "Restore the newest backup; for a new office delete the file first.",
    ),
    "PlainFile": Sentence(
        "“{path}” is a SQLite file without encryption, not a store of this program.",
        "Choose the office's own folder, or restore the newest backup.",
    ),
    "NotOurFile": Sentence(
        "“{path}” is not a store of this program.", "Choose the office's own folder, or restore the newest backup."
    ),
    "WrongKey": Sentence(
        "This office's key does not open “{path}”: it belongs to another office, or it is no store.",
        "Choose the folder whose key slots belong to it, or restore the newest backup.",
    ),
    "StoreDamaged": Sentence(
        "The store is damaged: some of it is not what was written.",
        "Stop working, keep the folder as it is, and restore the newest backup.",
    ),
    "NewerVersion": Sentence(
        "The store was used by a newer version of this program (schema {found}; this one knows {ours}).",
        "Install the newer version on this machine.",
    ),
    "OlderVersion": Sentence(
        "The store waits for its upgrade (schema {found}; this program needs {ours}).",
        "Open the desk once, which brings the store up to date.",
    ),
    "OfficeLocked": Sentence("The office is already open: {by}.", "Close the other desk first, or go on there."),
    "DiskFull": Sentence(
        "The disk is full; nothing of this act was kept.", "Make room on the disk, then do the act again."
    ),
    "DiskFails": Sentence(
        "The disk does not answer as it should; nothing of this act was kept.",
        "Close the desk, have the disk checked, and make a backup before going on.",
    ),
    "StoreBusy": Sentence(
        "The store was busy for too long; nothing of this act was kept.", "Do the act again in a moment."
    ),
    "ServerGone": Sentence(
        "The database server does not answer; nothing of this act was kept.",
        "Check the network and the server, then do the act again.",
    ),
    "WrongLibrary": Sentence(
        "The installed database library is not safe for a store ({found}).",
        "Install the program again with the libraries it names (sqlcipher3 0.6.4 or later).",
    ),
}

DOMAIN = {
    # What a certificate must state
    "number_missing": Sentence("The certificate has no number.", "Read it from the paper, or hold the shipment."),
    "authority_missing": Sentence(
        "No issuing authority is named.", "Set the authority's name; on a foreign paper ask its issuer."
    ),
    "origin_missing": Sentence("No country of origin is known.", "Enter the countries of mining of every parcel."),
    "exporter_missing": Sentence("No exporter is named.", "Enter the exporter; on a foreign paper ask its issuer."),
    "importer_missing": Sentence("No importer is named.", "Enter the importer; on a foreign paper ask its issuer."),
    "heading_missing": Sentence("There is no HS heading.", "Enter at least one of 7102.10, 7102.21 and 7102.31."),
    "carats_missing": Sentence("Heading {heading} has no carats.", "Enter carats above zero, or take the line out."),
    "value_missing": Sentence("Heading {heading} has no value.", "Enter its value in US dollars."),
    "parcels_missing": Sentence("The number of parcels is missing.", "Enter how many parcels there are."),
    "exporter_address_missing": Sentence("The exporter's address is missing.", "Enter it in the register of firms."),
    "importer_address_missing": Sentence("The importer's address is missing.", "Enter it in the register of firms."),
    "destination_missing": Sentence("No destination is named.", "Enter the participant the goods go to."),
    "containers_missing": Sentence("The number of containers is missing.", "Seal the parcels into containers first."),
    "provenance_missing": Sentence("No country of provenance is named.", "Enter the participant of last export."),
    "edition_missing": Sentence("The form's edition is missing.", "Choose the form in the settings."),
    "seal_missing": Sentence("No seal is recorded.", "Verify the contents, seal the container and scan its seal."),
    "seals_not_containers": Sentence(
        "There are {seals} seals for {containers} containers.", "Record one seal for each container."
    ),
    "seal_twice": Sentence("Seal {seal} is named twice.", "Scan the seal of each container again."),
    "text_not_english": Sentence("“{text}” cannot be read in English.", "Write it in Latin letters too."),
    "text_not_plain": Sentence("“{text}” holds hidden or broken characters.", "Type it anew, without copying it."),
    "too_many_lines": Sentence(
        "{lines} lines are more than the {most} that one certificate holds.", "Divide the shipment into two."
    ),
    "carats_not_agreed": Sentence(
        "{carats} ct under heading {heading} are not agreed carats.", "Agree them at 0.01 ct on the weight sheet."
    ),
    "parcels_miscounted": Sentence(
        "The certificate states {stated} parcels, the shipment holds {parcels}.", "Prepare the certificate anew."
    ),
    "carats_do_not_add_up": Sentence(
        "Heading {heading} states {stated} ct, its parcels hold {parcels} ct.", "Prepare the certificate anew."
    ),
    "value_does_not_add_up": Sentence(
        "Heading {heading} states US$ {stated}, its parcels are worth US$ {parcels}.", "Prepare the certificate anew."
    ),
    "origins_differ": Sentence(
        "The certificate states the origins {stated}, its parcels have {parcels}.", "Prepare the certificate anew."
    ),
    "expires_before_issue": Sentence(
        "It expires on {expires}, before its issue on {issued}.",
        "Correct the dates; on a foreign paper ask its issuer.",
    ),
    "expires_too_late": Sentence(
        "It expires on {expires}, later than {latest}, the last day allowed.", "Set an earlier day of expiry."
    ),
    "issued_in_future": Sentence(
        "Its day of issue, {issued}, is after today, {today}.", "Correct the date, or the computer's clock."
    ),
    # Its number
    "number_of_another": Sentence(
        "Number {number} begins with {prefix}, the participant is {participant}.",
        "Read the number again; if it stands, treat the certificate as forged.",
    ),
    "number_pattern_unknown": Sentence(
        "Number {number} is not written as {participant} writes its numbers.", "Compare it with the specimen."
    ),
    "number_old_stock": Sentence(
        "Number {number} is of an old stock, issued on {issued}.", "Compare it with the specimen, or ask its issuer."
    ),
    "number_out_of_range": Sentence(
        "Number {number} is in none of the ranges known for {issued}.", "Ask its issuer, and keep the answer."
    ),
    "number_void": Sentence("Number {number} is on the void list.", "Hold the goods and tell the issuing authority."),
    "number_alerted": Sentence(
        "Number {number} is on the alert list as {alert}.",
        "Hold the goods and ask its issuer: the genuine certificate may exist beside a forged one.",
    ),
    "number_near_alert": Sentence(
        "Number {number} is like {alert}, which is on the alert list.", "Read the number again, digit by digit."
    ),
    "number_received": Sentence(
        "Number {number} was received before: {where}.", "Hold the goods; one certificate covers one shipment."
    ),
    # Participants
    "not_participant": Sentence(
        "{name} ({code}) was no participant on {day}.", "Goods may neither come from there nor go there."
    ),
    "suspended": Sentence("{name} ({code}) was suspended on {day}. {note}", "No trade is possible; hold the goods."),
    "restricted": Sentence(
        "{name} ({code}) was restricted on {day}. {note}", "Ask for the zone and the papers that prove it."
    ),
    "zone_not_open": Sentence(
        "Zone {zone} of {name} was not open on {day}.", "Hold the goods until their stock is audited."
    ),
    "may_not_head": Sentence(
        "{name} ({code}) was a part of the EU on {day} and issues no certificate of its own.",
        "Treat a certificate in its name as forged; a genuine one says EU.",
    ),
    "not_our_certificate": Sentence(
        "The certificate is of {participant}, this office issues for {own}.", "Prepare it for {own}."
    ),
    "own_law_not_yet": Sentence(
        "{name} ({code}) is a participant, but our own law names it only from {since}; the day is {day}.",
        "Ask the Authority for its decision.",
    ),
    "imports_barred": Sentence(
        "{own} let in no rough diamonds from {name} ({code}) on {day}.", "Return the goods or ask the Authority."
    ),
    "destination_here": Sentence(
        "The destination {destination} lies in the same territory as {own}.",
        "Correct the destination; movements inside need no certificate.",
    ),
    "origin_not_participant": Sentence(
        "The country of origin {name} ({code}) was no participant on {day}.",
        "Ask for the papers that show when and how the goods came lawfully into the trade.",
    ),
    "origin_suspended": Sentence(
        "The country of origin {name} ({code}) was suspended on {day}. {note}",
        "Ask for the papers that show the goods left it before.",
    ),
    "origin_restricted": Sentence(
        "The country of origin {name} ({code}) was restricted on {day}. {note}",
        "Look at the incoming certificate and the photographs.",
    ),
    # Firms
    "exporter_not_registered": Sentence(
        "The exporter {exporter} is not in the register.", "Register the firm with its licence first."
    ),
    "exporter_differs": Sentence(
        "The certificate names the exporter {stated}, the register {registered}.", "Prepare the certificate anew."
    ),
    "importer_elsewhere": Sentence(
        "The importer {importer} is in {country}, the destination is {destination}.",
        "Ask for papers that show the goods go to {destination}.",
    ),
    "licence_missing": Sentence("{party} has no licence for this.", "Ask for the licence and register it."),
    "licence_not_valid": Sentence(
        "Licence {licence} of {party} is not valid on {day}.", "Ask for the renewed licence and register it."
    ),
    "licence_suspended": Sentence(
        "Licence {licence} of {party} is suspended on {day}.", "Nothing may pass until the suspension ends."
    ),
    "licence_ends_soon": Sentence("Licence {licence} of {party} ends in {days} days.", "Remind the firm to renew it."),
    # The shipment
    "declaration_missing": Sentence(
        "The exporter has not declared that the goods are no conflict diamonds.", "Ask for the signed declaration."
    ),
    "warranty_missing": Sentence(
        "There is no warranty statement.", "Ask for the invoice with the statement of the System of Warranties."
    ),
    "warranty_old": Sentence(
        "The warranty has the text of 2002, which served until {until}.", "Ask for an invoice with today's text."
    ),
    "title_missing": Sentence(
        "Parcel {parcel} was mined here, and no mining title is named.", "Enter the title, or the papers of its mine."
    ),
    "stock_unproved": Sentence(
        "Parcel {parcel} is stock from before 2003 without a document.", "Ask for the proof and keep it."
    ),
    "draws_do_not_cover": Sentence(
        "Parcel {parcel} of {carats} ct draws {drawn} ct from incoming certificates.",
        "Name the certificates or the pool that brought in each carat.",
    ),
    "draw_of_other_origin": Sentence(
        "Parcel {parcel} draws goods of origin {origin}, which it does not state.", "Correct the origins or the draws."
    ),
    "draw_too_large": Sentence(
        "{drawn} ct of origin {origin} are drawn from {source}, which has {left} ct left.",
        "Name another certificate or pool, or send less.",
    ),
    "figure_missing": Sentence("Parcel {parcel} lacks a figure: {figure}.", "Have the parcel valued first."),
    "figures_doubtful": Sentence(
        "Parcel {parcel} has two figures of one sort or of one hand.", "Have it valued anew by another person."
    ),
    "value_not_by_rule": Sentence(
        "Parcel {parcel} states US$ {stated}, by the office's rule it is US$ {value}.", "Value the parcel anew."
    ),
    "reexport_price": Sentence(
        "Parcel {parcel} leaves at US$ {price} per carat; its source {source} came in at US$ {paid}.",
        "Ask for the reason.",
    ),
    "declared_differs": Sentence(
        "The exporter declares US$ {declared}, the office's figure is US$ {office}.", "Ask for the reason."
    ),
    "declared_far_off": Sentence(
        "The exporter declares US$ {declared}, the office's figure is US$ {office}.",
        "Ask for the invoice, or have a second valuer look.",
    ),
    "price_unusual": Sentence(
        "US$ {price} per carat is unusual: {low} to {high} is usual for {group} ({count} prices).", "Give the reason."
    ),
    "price_far_out": Sentence(
        "US$ {price} per carat is far out: {low} to {high} is usual for {group} ({count} prices).",
        "Give the reason, or ask a second valuer.",
    ),
    "same_person": Sentence(
        "Officer {officer} has done two duties that want two people: {one} and {other}.", "Ask another officer."
    ),
    "same_person_allowed": Sentence(
        "Officer {officer} has done two duties, as this office's setting allows: {one} and {other}.",
        "Let another officer look when one is there.",
    ),
    # Mines
    "title_not_valid": Sentence("Title {title} was not valid in {month}.", "Ask the mining authority."),
    "month_not_over": Sentence("The return of title {title} is for {month}, not yet over.", "Ask for it again after."),
    "mine_of_another_title": Sentence("Mine {mine} is not that of title {title}.", "Correct the mine or the title."),
    "return_twice": Sentence(
        "Title {title} has two returns for {month} under one heading.", "Keep the right one, as a correction."
    ),
    "over_capacity": Sentence(
        "Title {title} returns {carats} ct for {month}, over its capacity of {capacity} ct.",
        "Ask where the goods come from.",
    ),
    "more_than_mined": Sentence(
        "{left} ct left in the name of title {title}, which returned {mined} ct.", "Ask where the goods come from."
    ),
    # What arrives: the paper
    "original_missing": Sentence("The original certificate is not here.", "Hold the goods until it is brought."),
    "headline_missing": Sentence(
        "The paper is not headed “Kimberley Process Certificate”.", "Compare it with the specimen."
    ),
    "statement_missing": Sentence("The Scheme's statement is not on the paper.", "Compare it with the specimen."),
    "english_missing": Sentence("The paper has no English text.", "Ask its issuer for a translation."),
    "validation_missing": Sentence(
        "The exporting authority's validation is missing or doubtful.", "Compare it with the specimen, ask its issuer."
    ),
    "altered": Sentence("The paper was altered.", "Hold the goods and send a picture to its issuer."),
    "issued_after_arrival": Sentence(
        "It was issued on {issued}, after the goods arrived on {arrived}.", "Read the dates again, or ask its issuer."
    ),
    "exported_before_issue": Sentence(
        "The goods were exported on {exported}, before the issue on {issued}.", "Ask its issuer."
    ),
    "arrived_before_export": Sentence(
        "The goods arrived on {arrived}, before their export on {exported}.", "Read the dates again."
    ),
    "exported_after_expiry": Sentence(
        "The goods were exported on {exported}, after the certificate expired on {expires}.",
        "Hold the goods and ask its issuer.",
    ),
    "valid_only_if_exported_by": Sentence(
        "Valid only if exported by {expires}; the goods arrived on {arrived}.",
        "Ask for a paper that shows the day of export.",
    ),
    "arrived_after_expiry": Sentence(
        "The goods left in time and arrived on {arrived}, after the expiry on {expires}.", "Nothing more is needed."
    ),
    "destination_elsewhere": Sentence(
        "The destination is {destination}, not {own}.", "Let it pass unopened as transit, or ask its issuer."
    ),
    "importer_not_registered": Sentence(
        "The importer {importer} is not in the register.", "Register the firm with its licence first."
    ),
    "importer_differs": Sentence(
        "The certificate names the importer {stated}, the register {registered}.", "Hold the goods and ask the firm."
    ),
    # What arrives: the goods
    "unsealed": Sentence("The container has no seal.", "Hold the goods and tell the issuing authority."),
    "seal_broken": Sentence(
        "A seal is broken: {seals}.", "Hold the goods, photograph them and tell the issuing authority."
    ),
    "seal_differs": Sentence(
        "The seals are {found}, the certificate states {stated}.", "Hold the goods, ask its issuer."
    ),
    "containers_differ": Sentence(
        "{found} containers arrived, the certificate states {stated}.", "Hold the goods, ask its issuer."
    ),
    "parcels_differ": Sentence(
        "{found} parcels arrived, the certificate states {stated}.", "Hold the goods, ask its issuer."
    ),
    "heading_differs": Sentence(
        "Heading {heading}: {found} ct found, {stated} ct stated.", "Hold the goods, ask its issuer."
    ),
    "carats_differ": Sentence(
        "Heading {heading}: {found} ct weighed, {stated} ct stated.", "Put both in the confirmation of receipt."
    ),
    "carats_far_off": Sentence(
        "Heading {heading}: {found} ct weighed, {stated} ct stated.",
        "Weigh again; then hold the goods for a supervisor.",
    ),
    "value_differs": Sentence("We estimate US$ {estimate}, US$ {stated} is stated.", "Keep both figures."),
    "value_far_off": Sentence(
        "We estimate US$ {estimate}, US$ {stated} is stated.",
        "Hold the goods for a supervisor and ask for the invoice.",
    ),
    "unit_slip": Sentence(
        "Heading {heading} differs by a factor of {factor}.", "Look for grams read as carats, or a moved decimal mark."
    ),
    "digits_swapped": Sentence("{stated} and {found} differ by two digits that changed places.", "Read both again."),
    "not_rough": Sentence(
        "The container holds more than natural rough diamonds.",
        "Separate the other goods and hold all for a supervisor.",
    ),
    # Refusals and troubles
    "RegisterUnreadable": Sentence(
        "Line {line} of the register of participants cannot be read: {column}.",
        "Take the register as its authority published it.",
    ),
    "NotYourDesk": Sentence("Officer {officer} has no right to this desk: {role}.", "Ask a supervisor for the right."),
    "NotStable": Sentence("The balance has not come to rest at {value} {unit}.", "Wait for a stable weight."),
    "NothingWeighed": Sentence("There is nothing on the pan.", "Put the parcel on the pan."),
    "NeedsReason": Sentence("A weight typed by hand wants a reason.", "Choose the reason from the list."),
    "NeedsSecondWeighing": Sentence("One weighing alone agrees nothing.", "Ask another officer to weigh it again."),
    "NeedsThirdWeighing": Sentence(
        "The weighings differ by {difference} ct, {allowed} ct is allowed.", "Weigh once more; the two nearest count."
    ),
    "LinesDoNotAddUp": Sentence(
        "The size lines add up to {lines} ct, the agreed carats are {agreed} ct.", "Correct the lines."
    ),
    "TotalDiffers": Sentence("The total is US$ {total}, the lines add up to US$ {lines}.", "Correct the lines."),
    "FigureMissing": Sentence("A figure is not in yet: {figure}.", "Wait until every figure is signed."),
    "FigureTwice": Sentence("There are two figures of one sort: {figure}.", "Have the parcel valued anew."),
    "SameValuer": Sentence("Two figures are by {officer}.", "Ask another valuer."),
    "NotEnoughCarats": Sentence(
        "{source} has {left} ct of origin {origin} left, and that is not enough.",
        "Name another certificate or pool, or send less.",
    ),
}

PRINTING = {
    "FormFault": Sentence(
        "The form {form} cannot be used: {fault}.",
        "Mend the form’s file, or ask for it again from whoever made it.",
    ),
    "NoFontFor": Sentence(
        "“{character}” ({name}) in “{text}” cannot be printed: no font has it.",
        "Write it in Latin or Cyrillic letters.",
    ),
    "TooLongForPaper": Sentence(
        "“{text}” does not fit into its place on the form ({field}).", "Shorten it, or use the firm’s short name."
    ),
    "UnreadablePages": Sentence(
        "The file is not a PDF with a page {page}.",
        "Take the archived file from a backup.",
    ),
    "PrinterGone": Sentence(
        "The printer {printer} is not there or not ready; it was given nothing.",
        "Switch it on, look at its cable and its display, then print again.",
    ),
}

TRUST = {
    "SealedKeyDamaged": Sentence(
        "The sealed key of {owner} does not open.",
        "Restore it from a backup, or have a new key made and enrolled.",
    ),
    "SignatureNotMade": Sentence(
        "The key {kid} gave a signature that does not fit it; nothing was signed.",
        "Take the token out and put it back, then try again; if it fails again, use the other token.",
    ),
    "NotBound": Sentence(
        "This certificate has no number yet, so it can have no code.", "Have it approved; its number is bound then."
    ),
    "CodeTooLong": Sentence(
        "The code would have {characters} characters; {most} can be printed.",
        "Use fewer containers and seals, or issue two certificates.",
    ),
    "NotLists": Sentence("This is not a lists file.", "Ask the Authority for the file again."),
    "ListsTooLarge": Sentence(
        "The lists file has {size} bytes; {most} are read at most.", "Ask the Authority for the file again."
    ),
    "ForeignLists": Sentence(
        "The lists are signed by another key than the one pinned here. Theirs: {signer}. Pinned: {pinned}.",
        "Do not use them. Call the Authority and compare the fingerprint by voice.",
    ),
    "AlteredLists": Sentence(
        "The lists name the Authority’s key, but were altered after it signed them.",
        "Do not use them. Ask the Authority for the file again, and keep this one to show.",
    ),
    "NotAuthorityFile": Sentence("This is not an authority file.", "Ask the Authority for the file again."),
    "PasswordTooShort": Sentence(
        "The password has {characters} characters; {least} are the least.",
        "Take some words that belong together only for you; spaces count.",
    ),
    "PasswordTooLong": Sentence(
        "The password has {characters} characters; {most} are the most.", "Take a shorter one: nothing is cut off."
    ),
    "LastSlot": Sentence(
        "The slot of {owner} is the last that a password opens.", "Enrol another officer first, then remove it."
    ),
    "WrongPassphrase": Sentence(
        "Name and password, or the recovery code, open nothing here.",
        "Look at the keyboard’s language and try again.",
    ),
    "NoMachineSecret": Sentence(
        "The password of {officer} needs this computer’s keyring, which does not answer.",
        "Unlock the operating system’s keyring; if it is gone, open with the recovery code and set a new password.",
    ),
    "NotSlots": Sentence(
        "The file of key slots is not readable.", "Restore keyslots.json from the latest backup of this database."
    ),
    "SlotsDamaged": Sentence(
        "The file of key slots was altered.",
        "Restore keyslots.json from the latest backup, and tell the supervisor: somebody changed it.",
    ),
    "MemoryTooSmall": Sentence(
        "The computer has no {mebibytes} MiB of memory free, which signing in needs.",
        "Close other programs and try again.",
    ),
    "RecoveryCodeMistyped": Sentence(
        "This is not a recovery code as it was printed.", "Compare the 14 groups with the sheet, one by one."
    ),
}

VERDICT = {
    "code_read": Sentence("The code was read.", ""),
    "code_none": Sentence("No code was found.", "Look for it on the sheet, or scan the sheet again."),
    "code_too_long": Sentence("The code is longer than any QR code holds.", "Do not accept it; keep the sheet."),
    "code_foreign": Sentence("This is no code of a certificate.", "Scan the square code at the lower right."),
    "code_mistyped": Sentence(
        "The code holds characters that no such code has.", "Scan it again; if it stays so, treat it as altered."
    ),
    "code_damaged": Sentence("The code does not unpack.", "Scan it again; if it stays so, treat it as altered."),
    "code_too_large": Sentence("The code unpacks to more than any certificate holds.", "Do not accept it."),
    "code_malformed": Sentence("The code holds no signed content.", "Do not accept it; keep the sheet."),
    "signature_good": Sentence("The signature is good.", ""),
    "signature_wrong": Sentence(
        "The signature is wrong: the code was altered, or another key signed it.",
        "Do not accept it; keep the sheet and ask the issuing authority.",
    ),
    "signature_other_algorithm": Sentence(
        "The code is signed in a way that the lists do not allow for this key.", "Do not accept it; keep the sheet."
    ),
    "signature_not_judged": Sentence("The signature could not be judged.", ""),
    "issuer_known": Sentence("The key belongs to {authority} ({participant}).", ""),
    "issuer_unknown": Sentence(
        "The lists do not know the key {kid}.", "Get newer lists, or ask the authority named on the sheet."
    ),
    "issuer_other_purpose": Sentence(
        "The key of {authority} may not sign certificates.", "Do not accept it; keep the sheet."
    ),
    "issuer_revoked": Sentence(
        "The key of {authority} was already revoked on {issued}, the day of issue.",
        "Do not accept it; ask the issuing authority.",
    ),
    "issuer_outside_validity": Sentence(
        "The key of {authority} was not valid on {issued}, the day of issue.",
        "Do not accept it; ask the issuing authority.",
    ),
    "issuer_not_judged": Sentence("The issuer could not be judged.", ""),
    "content_full": Sentence("The code states the whole certificate.", ""),
    "content_compact": Sentence(
        "This is the compact code: number, dates, issuer and totals only.",
        "Scan the larger code for the rest.",
    ),
    "content_wrong": Sentence(
        "What was signed is not the content of a certificate.", "Do not accept it; ask the issuing authority."
    ),
    "content_not_judged": Sentence("The content could not be judged.", ""),
    "numbering_matches": Sentence("The number {number} belongs to the issuer.", ""),
    "numbering_other_issuer": Sentence(
        "The number {number} or the stated issuer is not that of {authority} ({participant}).",
        "Do not accept it; keep the sheet and tell both authorities.",
    ),
    "numbering_not_judged": Sentence("Whether the number belongs to the issuer could not be judged.", ""),
    "dates_current": Sentence("It is valid until {expires}.", ""),
    "dates_not_yet": Sentence(
        "It is dated {issued}, which has not come yet.", "Look at this computer’s clock; else do not accept it."
    ),
    "dates_expired": Sentence(
        "It expired on {expires}.", "It is good only if the goods were exported by then: enter the day of export."
    ),
    "dates_arrived_late": Sentence(
        "It expired on {expires}, after the goods were exported.", "Note when they arrived."
    ),
    "dates_not_judged": Sentence("The dates could not be judged.", ""),
    "voided_no": Sentence("It is not on the void list of {lists}.", ""),
    "voided_void": Sentence("{number} is void since {since} ({reason}).", "Do not accept it; keep the sheet."),
    "voided_lost": Sentence(
        "{number} was reported lost on {since} ({reason}).", "Keep the sheet and the goods; call the issuing authority."
    ),
    "voided_not_judged": Sentence("Whether it is void could not be judged.", ""),
    "alerted_no": Sentence("No alert names it.", ""),
    "alerted_yes": Sentence("An alert names {number}: {alert}.", "Keep the sheet and the goods; follow the alert."),
    "alerted_not_judged": Sentence("Whether an alert names it could not be judged.", ""),
    "elsewhere_no": Sentence("The lists of {lists} know of no receipt.", ""),
    "elsewhere_yes": Sentence(
        "{number} was received in {where} on {on}.", "Do not accept it a second time; call the issuing authority."
    ),
    "elsewhere_not_judged": Sentence("Whether it was received elsewhere could not be judged.", ""),
    "here_no": Sentence("It was not received here before.", ""),
    "here_yes": Sentence("It was received here on {here}.", "Do not accept it a second time."),
    "here_not_asked": Sentence("This office’s register was not asked.", ""),
    "sort_original": Sentence("It says that it is the original.", ""),
    "sort_copy": Sentence("It is a copy, and a copy accompanies no goods.", "Ask for the original."),
    "sort_technical": Sentence(
        "It is a technical certificate, for goods outside the trade.", "Leave it out of the statistics."
    ),
    "sort_practice": Sentence("It is made for practice.", ""),
    "sort_not_judged": Sentence("What sort of certificate it is could not be judged.", ""),
    "practice_no": Sentence("It is not for practice.", ""),
    "practice_yes": Sentence("PRACTICE: it covers no goods.", ""),
    "practice_stray": Sentence(
        "PRACTICE: this is a practice sheet, and this is a real desk.", "Do not accept it; it covers no goods."
    ),
    "practice_not_judged": Sentence("Whether it is for practice could not be judged.", ""),
    "lists_fresh": Sentence("The lists are of {lists}.", ""),
    "lists_stale": Sentence("The lists are of {lists}, and newer ones are due.", "Get newer lists from the Authority."),
    "lists_none": Sentence("There are no lists to judge by.", "Import the Authority’s lists file."),
    "paper_to_look_at": Sentence(
        "The code proves the data, never the paper.", "Look at original, stamp, signatory and validation mark."
    ),
}

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

WINDOW = {
    "Mistake": Sentence("The program made a mistake.", "What you typed is kept. Tell support the number {number}."),
    "sealed_and_weighed": Sentence("Verified, weighed again and sealed: {seals}.", ""),
    "signed_first": Sentence("First signature: {officer}.", ""),
    "signed_second": Sentence("Second signature: {officer}.", ""),
    "PrinterNotReady": Sentence(
        "The printer “{printer}” is not ready.", "Switch it on, look at its display, or choose another printer."
    ),
}

DESKS = {
    # Two people, and who may what
    "SamePerson": Sentence(
        "Two people are wanted here, and {officer} is one of those who acted before ({did}).",
        "Ask another officer to do this.",
    ),
    "ChangedSinceSigned": Sentence(
        "Certificate {certificate} is not what was signed, or one who signed it has left: its approvals count no more.",
        "Find out who changed it; then void it and prepare it anew.",
    ),
    "NoDocument": Sentence(
        "A finding is lifted with a document, and none is named ({finding}).", "Name the document that you both saw."
    ),
    "NotLiftable": Sentence(
        "This is a stop that nobody lifts: {finding}.", "Mend its cause, or take the application back."
    ),
    "TooManyAtOnce": Sentence(
        "More than {most} certificates were to be approved at once.",
        "Approve a shorter list, after looking at each of them.",
    ),
    "TwoSupervisors": Sentence(
        "An office begins with two supervisors.", "Enter two people first, each with an own name and password."
    ),
    "NameTaken": Sentence(
        "There is an officer of the name “{name}” already.", "Add a first name or initial that tells the two apart."
    ),
    "UnknownOfficer": Sentence("Nobody called “{name}” works here.", "Choose your name from the list."),
    "OfficeMissing": Sentence(
        "There is no office in “{folder}”.", "Choose the office's own folder, or open a new office."
    ),
    "NotASetting": Sentence(
        "“{name}” is no setting, or it cannot be “{value}”.", "Choose the setting and its value from the list."
    ),
    # What is found, and where it stands
    "NotFound": Sentence("There is no {kind} {identity} in these books.", "Read the number again."),
    "WrongState": Sentence(
        "{thing} is {state}; for this it would have to be {wanted}.",
        "Open it: its history says what was done, its next step what is to be done.",
    ),
    "AlreadyRegistered": Sentence(
        "“{number}” is in the register already.", "Open that entry, or give the new one another number."
    ),
    "TextNotPlain": Sentence(
        "A text holds a line break or a hidden character.", "Type it anew on one line, without copying it."
    ),
    "NotTheirParcel": Sentence(
        "Parcel {parcel} does not belong to {exporter}.", "Choose parcels of this exporter, or change the exporter."
    ),
    "OpeningUnreadable": Sentence(
        "Line {line} of the opening balances cannot be taken over: {what}.",
        "Mend this line and take the whole file over again; nothing of it was kept.",
    ),
    # Sealing and certifying
    "NotWeighedAgain": Sentence(
        "Parcel {parcel} was not weighed again.", "Weigh every parcel of the shipment before its container is sealed."
    ),
    "WeightChanged": Sentence(
        "Parcel {parcel} weighs {found} ct now; {agreed} ct were agreed.",
        "Do not seal. Look at the bag and its number, weigh once more, and call a supervisor.",
    ),
    "ContainersDoNotMatch": Sentence(
        "The containers do not hold the parcels of shipment {shipment}, each once.",
        "Scan the parcels of each container again.",
    ),
    "NotSealed": Sentence(
        "Shipment {shipment} is not sealed here.", "Verify its contents, weigh it again and seal it first."
    ),
    "HasCertificate": Sentence(
        "Shipment {shipment} stands under certificate {certificate}.",
        "One certificate covers one shipment: two officers end the first before there is another.",
    ),
    "NumberAlreadyBound": Sentence(
        "Number {number} belongs to certificate {certificate}.",
        "Print that sheet, or have its certificate made void; no number serves twice.",
    ),
    "Lapsed": Sentence(
        "Certificate {number} expired on {expires}; nothing leaves under it.",
        "Have it returned unused, and prepare another for the shipment.",
    ),
    "NotADayOfExport": Sentence(
        "Goods under {number} cannot have left on {on}, only from {first} to {last}.",
        "Read the day on the carrier's paper again.",
    ),
    # Numbered stock and sheets
    "NotInStock": Sentence(
        "No {stock} {number} was received here.", "Read the number again; if it stands, call a supervisor."
    ),
    "AlreadyInStock": Sentence(
        "The {stock} {number} was received before.",
        "Read the number again; if it stands, there are two of one number: keep both and call the maker.",
    ),
    "StockNotReady": Sentence(
        "The {stock} {number} is {state} and cannot become {wanted}.",
        "Take another; call a supervisor if this one lies here.",
    ),
    "NotInYourHands": Sentence(
        "Blank {number} was handed to officer {holder}.", "Take one of your own, or have it handed to you."
    ),
    "OtherEdition": Sentence(
        "Blank {number} belongs to another form or another participant.", "Take a blank of the form in use."
    ),
    "QuestionOpen": Sentence(
        "Nobody has said yet what is on sheet {number}.", "Look at the sheet and answer that first."
    ),
    "ThirdSheet": Sentence(
        "Two sheets of certificate {certificate} went wrong.", "Ask a supervisor to sign in beside you for the third."
    ),
    "SheetDoesNotProve": Sentence(
        "What was read is neither the code nor the number of sheet {number}.",
        "Scan the sheet again; if its code cannot be read, it is spoiled.",
    ),
    # What comes in
    "AlreadyReceived": Sentence(
        "Number {number} was received on {on}: {where}.",
        "Hold the goods and call the issuing authority; one certificate covers one shipment.",
    ),
    "NotGenuine": Sentence(
        "This certificate cannot be received.",
        "Hold the goods, keep the sheet, and ask the issuing authority.",
    ),
    "NothingStated": Sentence(
        "Neither the code nor what was typed says what is certified.",
        "Scan the larger code, or type the certificate's data.",
    ),
    # Between office and Authority
    "NoLists": Sentence(
        "No lists were taken over here yet, so no signature can be judged.",
        "Take over the Authority's lists file first.",
    ),
    "ListsOlder": Sentence(
        "These are lists {sequence}; lists {in_force} are in force, and there is no way back.",
        "Ask the Authority for the newest lists.",
    ),
    "NotAConfirmation": Sentence(
        "The file is no confirmation of receipt.", "Choose a file that ends in .kpc, or ask its sender for it again."
    ),
    "ConfirmationUnproved": Sentence(
        "Nobody whom the lists name for it signed this confirmation (key {kid}), or it was altered.",
        "Do not book it. Take over newer lists, or ask the importing authority for it again.",
    ),
    "NotARequest": Sentence(
        "The file is no office's request to be certified.", "Ask the office to make its request again."
    ),
    "OfOtherParticipant": Sentence(
        "The request speaks for {participant}.",
        "Certify your own offices; put the keys of other participants on the lists.",
    ),
    "NotForPractice": Sentence(
        "The encryption key of a real Authority is handed out to nobody.", "Open batches at the Authority's own desk."
    ),
    "NothingToSend": Sentence("Nothing was done since the last batch.", "Send the next one after the day's work."),
    "NotCertified": Sentence(
        "The Authority has not certified this office's batch key yet.",
        "Send it the office's request, and take its answer in.",
    ),
    "ReplyForAnother": Sentence(
        "This certificate is not for the key of {office} in these books.",
        "Ask the Authority for the answer to this office's newest request.",
    ),
    "ReceiptForAnother": Sentence(
        "Receipt {batch} speaks of a batch that this office did not send so.",
        "Keep it and call the Authority: compare the batch's number and digest by voice.",
    ),
    "AuthoritySawAnotherHistory": Sentence(
        "The Authority saw another history than ours at entry {size}.",
        "Stop sending, keep store and receipt as they are, and call the Authority: one of the two was rewritten.",
    ),
    # What the Authority remarks on a batch
    "KPB-201": Sentence("Another office signed the batch.", "Keep the file and ask both offices in person."),
    "KPB-401": Sentence(
        "The batch does not hold the files that its header names.", "The office makes the batch again."
    ),
    "KPB-402": Sentence("A file is not what the header says of it.", "The office makes the batch again."),
    "KPB-411": Sentence(
        "A record is not written as its kind is.", "The office updates its program and mends it by a later batch."
    ),
    "KPB-501": Sentence(
        "The totals in the header are not those of the records.", "Ask the office which of the two is right."
    ),
    "KPB-502": Sentence(
        "The history tells of a record that is not in the batch.", "Ask the office for it; keep the file."
    ),
    "KPB-503": Sentence(
        "The batch holds records of which the history does not tell.", "Keep the file and ask the office in person."
    ),
    "KPB-511": Sentence(
        "A record's revision was known before.",
        "Ask the office in person whether it put back an old copy of its store.",
    ),
}

ALL: dict[str, Sentence] = {
    **WINDOW,
    **MEASURES,
    **DOMAIN,
    **SCANNING,
    **STORE,
    **PRINTING,
    **TRUST,
    **VERDICT,
    **BATCHES,
    **DESKS,
}


def said(code: str, facts: Mapping[str, str]) -> Sentence:
    """The sentence known as `code`, with these facts in place."""
    what, todo = ALL[code]
    return Sentence(what.format_map(facts), todo.format_map(facts))


def sentence(outcome: Outcome | Finding, *, said: Callable[[str, Mapping[str, str]], Sentence] = said) -> Sentence:
    """The sentence for an outcome; after it what it rests on, and what to do about that. `said` may translate."""
    if isinstance(outcome, Finding):
        return said(outcome.rule.code, dict(outcome.facts))
    whole = said(outcome.code, outcome.facts)
    because = [said(code, facts) for code, facts in outcome.because]
    todos = dict.fromkeys(each.todo for each in because if each.todo)
    return Sentence(" ".join([whole.what, *(each.what for each in because)]), " ".join(todos) or whole.todo)
