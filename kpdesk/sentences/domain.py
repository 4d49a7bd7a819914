"""The rules of the trade, and what nouns refuse."""

from kpdesk.sentences.words import Sentence

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
