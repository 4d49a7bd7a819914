"""Every stop and every warning in one place, each with the clause that asks it; `checks` and its neighbours find them.

KPCS: Core Document. EU: Regulation 2368/2002. CA-A, CA-R: Canada's Act and Regulations. kpdesk: a house rule.
NOTE holds nothing up, LIFTABLE may be lifted by two with a document, STOP by nobody.
"""

from typing import Final

from kpdesk.domain.outcomes import Rule, Severity

NOTE, LIFTABLE, STOP = Severity.NOTE, Severity.LIFTABLE, Severity.STOP

# What a certificate must state
NUMBER_MISSING: Final = Rule("number_missing", STOP, "KPCS Annex I A")
AUTHORITY_MISSING: Final = Rule("authority_missing", STOP, "KPCS Annex I A")
ORIGIN_MISSING: Final = Rule("origin_missing", STOP, "KPCS Annex I A")
EXPORTER_MISSING: Final = Rule("exporter_missing", STOP, "KPCS Annex I A")
IMPORTER_MISSING: Final = Rule("importer_missing", STOP, "KPCS Annex I A")
HEADING_MISSING: Final = Rule("heading_missing", STOP, "KPCS Annex I A")
CARATS_MISSING: Final = Rule("carats_missing", STOP, "KPCS Annex I A")
VALUE_MISSING: Final = Rule("value_missing", STOP, "KPCS Annex I A")
PARCELS_MISSING: Final = Rule("parcels_missing", STOP, "KPCS Annex I A")
EXPORTER_ADDRESS_MISSING: Final = Rule("exporter_address_missing", STOP, "CA-R 5")
IMPORTER_ADDRESS_MISSING: Final = Rule("importer_address_missing", STOP, "CA-R 5")
DESTINATION_MISSING: Final = Rule("destination_missing", STOP, "CA-R 5")
CONTAINERS_MISSING: Final = Rule("containers_missing", STOP, "CA-R 5(1)(f)")
PROVENANCE_MISSING: Final = Rule("provenance_missing", STOP, "EU 15")
EDITION_MISSING: Final = Rule("edition_missing", STOP, "kpdesk")
SEAL_MISSING: Final = Rule("seal_missing", STOP, "KPCS IV(c)")
SEALS_NOT_CONTAINERS: Final = Rule("seals_not_containers", STOP, "CA-R 9")
SEAL_TWICE: Final = Rule("seal_twice", STOP, "CA-R 9")
TEXT_NOT_ENGLISH: Final = Rule("text_not_english", STOP, "KPCS Annex I A")
TEXT_NOT_PLAIN: Final = Rule("text_not_plain", STOP, "kpdesk")
TOO_MANY_LINES: Final = Rule("too_many_lines", STOP, "kpdesk")
CARATS_NOT_AGREED: Final = Rule("carats_not_agreed", STOP, "kpdesk")
PARCELS_MISCOUNTED: Final = Rule("parcels_miscounted", STOP, "KPCS Annex I A")
CARATS_DO_NOT_ADD_UP: Final = Rule("carats_do_not_add_up", STOP, "KPCS Annex I A")
VALUE_DOES_NOT_ADD_UP: Final = Rule("value_does_not_add_up", STOP, "KPCS Annex I A")
ORIGINS_DIFFER: Final = Rule("origins_differ", STOP, "CA-R 5(1)(h)")
EXPIRES_BEFORE_ISSUE: Final = Rule("expires_before_issue", STOP, "KPCS Annex I A")
EXPIRES_TOO_LATE: Final = Rule("expires_too_late", STOP, "EU 12(5), CA-R 6")
ISSUED_IN_FUTURE: Final = Rule("issued_in_future", STOP, "KPCS Annex I A")

# Its number
NUMBER_OF_ANOTHER: Final = Rule("number_of_another", STOP, "KPCS Annex I A")
NUMBER_PATTERN_UNKNOWN: Final = Rule("number_pattern_unknown", NOTE, "kpdesk")
NUMBER_OLD_STOCK: Final = Rule("number_old_stock", NOTE, "EU Annex IV")
NUMBER_OUT_OF_RANGE: Final = Rule("number_out_of_range", LIFTABLE, "kpdesk")
NUMBER_VOID: Final = Rule("number_void", STOP, "CA-A 14(1)(b)")
NUMBER_ALERTED: Final = Rule("number_alerted", LIFTABLE, "kpdesk")
NUMBER_NEAR_ALERT: Final = Rule("number_near_alert", NOTE, "kpdesk")
NUMBER_RECEIVED: Final = Rule("number_received", STOP, "KPCS II(a), III(b)")

# Participants
NOT_PARTICIPANT: Final = Rule("not_participant", STOP, "KPCS III(c)")
SUSPENDED: Final = Rule("suspended", STOP, "KPCS III(c)")
RESTRICTED: Final = Rule("restricted", LIFTABLE, "KP administrative decision")
ZONE_NOT_OPEN: Final = Rule("zone_not_open", LIFTABLE, "KP administrative decision")
MAY_NOT_HEAD: Final = Rule("may_not_head", STOP, "EU 1, 21")
NOT_OUR_CERTIFICATE: Final = Rule("not_our_certificate", STOP, "KPCS II(a)")
OWN_LAW_NOT_YET: Final = Rule("own_law_not_yet", LIFTABLE, "own law")
IMPORTS_BARRED: Final = Rule("imports_barred", STOP, "own law")
DESTINATION_HERE: Final = Rule("destination_here", STOP, "KPCS I (export)")
ORIGIN_NOT_PARTICIPANT: Final = Rule("origin_not_participant", LIFTABLE, "KPCS III(c)")
ORIGIN_SUSPENDED: Final = Rule("origin_suspended", LIFTABLE, "KPCS III(c)")
ORIGIN_RESTRICTED: Final = Rule("origin_restricted", NOTE, "KP administrative decision")

# Firms
EXPORTER_NOT_REGISTERED: Final = Rule("exporter_not_registered", STOP, "KPCS Annex II 13")
EXPORTER_DIFFERS: Final = Rule("exporter_differs", STOP, "KPCS Annex I A")
IMPORTER_ELSEWHERE: Final = Rule("importer_elsewhere", LIFTABLE, "EU 12(1)(c)")
LICENCE_MISSING: Final = Rule("licence_missing", LIFTABLE, "KPCS Annex II 13")
LICENCE_NOT_VALID: Final = Rule("licence_not_valid", LIFTABLE, "KPCS Annex II 13")
LICENCE_SUSPENDED: Final = Rule("licence_suspended", STOP, "KPCS Annex II 13")
LICENCE_ENDS_SOON: Final = Rule("licence_ends_soon", NOTE, "kpdesk")
WATCH_NAMED: Final = Rule("watch_named", LIFTABLE, "KPCS Annex II 5, 6")
WATCH_NEAR: Final = Rule("watch_near", NOTE, "KPCS Annex II 5, 6")

# The shipment
DECLARATION_MISSING: Final = Rule("declaration_missing", STOP, "KPCS Annex II 18")
WARRANTY_MISSING: Final = Rule("warranty_missing", LIFTABLE, "EU 17")
WARRANTY_OLD: Final = Rule("warranty_old", NOTE, "WDC System of Warranties")
TITLE_MISSING: Final = Rule("title_missing", LIFTABLE, "CA-R 2(e)")
STOCK_UNPROVED: Final = Rule("stock_unproved", LIFTABLE, "EU 6, CA-A 9(2)(c)")
DRAWS_DO_NOT_COVER: Final = Rule("draws_do_not_cover", LIFTABLE, "EU 12(1)(a), CA-R 2(e)(v)")
DRAW_OF_OTHER_ORIGIN: Final = Rule("draw_of_other_origin", LIFTABLE, "EU 12(1)(a)")
DRAW_TOO_LARGE: Final = Rule("draw_too_large", STOP, "EU 12(1)(a)")
FIGURE_MISSING: Final = Rule("figure_missing", STOP, "kpdesk")
FIGURES_DOUBTFUL: Final = Rule("figures_doubtful", STOP, "kpdesk")
VALUE_NOT_BY_RULE: Final = Rule("value_not_by_rule", STOP, "kpdesk")
REEXPORT_PRICE: Final = Rule("reexport_price", NOTE, "kpdesk")
DECLARED_DIFFERS: Final = Rule("declared_differs", NOTE, "kpdesk")
DECLARED_FAR_OFF: Final = Rule("declared_far_off", LIFTABLE, "kpdesk")
PRICE_UNUSUAL: Final = Rule("price_unusual", NOTE, "kpdesk")
PRICE_FAR_OUT: Final = Rule("price_far_out", NOTE, "kpdesk")
VALUE_PROVISIONAL: Final = Rule("value_provisional", NOTE, "kpdesk")
LEVY_UNPAID: Final = Rule("levy_unpaid", LIFTABLE, "own law")
LEVY_OPEN: Final = Rule("levy_open", NOTE, "own law")
LEVY_NOT_CLAIMED: Final = Rule("levy_not_claimed", NOTE, "own law")
SAME_PERSON: Final = Rule("same_person", STOP, "EU 12(2)")
SAME_PERSON_ALLOWED: Final = Rule("same_person_allowed", NOTE, "kpdesk")

# At the counter
VOUCHERS_MISSING: Final = Rule("vouchers_missing", NOTE, "KPCS Annex II 15")
VOUCHERS_DIFFER: Final = Rule("vouchers_differ", NOTE, "KPCS Annex II 15")
VOUCHER_TWICE: Final = Rule("voucher_twice", STOP, "KPCS Annex II 15")
VOUCHER_IN_FUTURE: Final = Rule("voucher_in_future", STOP, "KPCS Annex II 15")
SELLER_MAY_NOT: Final = Rule("seller_may_not", STOP, "KPCS Annex II 11, 12")
PARCEL_TWICE: Final = Rule("parcel_twice", NOTE, "kpdesk")

# Mines
TITLE_NOT_VALID: Final = Rule("title_not_valid", LIFTABLE, "KPCS Annex II 11")
MONTH_NOT_OVER: Final = Rule("month_not_over", NOTE, "KPCS Annex III")
MINE_OF_ANOTHER_TITLE: Final = Rule("mine_of_another_title", STOP, "KPCS Annex II 11")
RETURN_TWICE: Final = Rule("return_twice", STOP, "KPCS Annex III")
OVER_CAPACITY: Final = Rule("over_capacity", LIFTABLE, "kpdesk")
MORE_THAN_MINED: Final = Rule("more_than_mined", LIFTABLE, "kpdesk")

# What firms declare
DECLARED_TOO_EARLY: Final = Rule("declared_too_early", STOP, "KPCS Annex II 15")
DECLARED_TWICE: Final = Rule("declared_twice", STOP, "KPCS Annex II 15")
SELLER_NO_DIGGER: Final = Rule("seller_no_digger", LIFTABLE, "KPCS Annex II 11")
DIGGER_OVER_CAPACITY: Final = Rule("digger_over_capacity", LIFTABLE, "kpdesk")
STOCK_OPENING_UNKNOWN: Final = Rule("stock_opening_unknown", NOTE, "kpdesk")
STOCK_OFF: Final = Rule("stock_off", NOTE, "kpdesk")
STOCK_FAR_OFF: Final = Rule("stock_far_off", LIFTABLE, "KPCS Annex II 15")

# What arrives: the paper
ORIGINAL_MISSING: Final = Rule("original_missing", LIFTABLE, "KPCS III(b), EU 3")
HEADLINE_MISSING: Final = Rule("headline_missing", LIFTABLE, "KPCS Annex I A")
STATEMENT_MISSING: Final = Rule("statement_missing", LIFTABLE, "KPCS Annex I A")
ENGLISH_MISSING: Final = Rule("english_missing", LIFTABLE, "KPCS Annex I A")
VALIDATION_MISSING: Final = Rule("validation_missing", LIFTABLE, "EU 3")
ALTERED: Final = Rule("altered", LIFTABLE, "KPCS Annex I A")
ISSUED_AFTER_ARRIVAL: Final = Rule("issued_after_arrival", LIFTABLE, "KPCS III(a)")
EXPORTED_BEFORE_ISSUE: Final = Rule("exported_before_issue", LIFTABLE, "KPCS III(a)")
ARRIVED_BEFORE_EXPORT: Final = Rule("arrived_before_export", LIFTABLE, "kpdesk")
EXPORTED_AFTER_EXPIRY: Final = Rule("exported_after_expiry", LIFTABLE, "EU 12(5)")
VALID_ONLY_IF_EXPORTED_BY: Final = Rule("valid_only_if_exported_by", LIFTABLE, "EU 12(5)")
ARRIVED_AFTER_EXPIRY: Final = Rule("arrived_after_expiry", NOTE, "kpdesk")
DESTINATION_ELSEWHERE: Final = Rule("destination_elsewhere", LIFTABLE, "KPCS III(d)")
IMPORTER_NOT_REGISTERED: Final = Rule("importer_not_registered", LIFTABLE, "KPCS Annex II 13")
IMPORTER_DIFFERS: Final = Rule("importer_differs", LIFTABLE, "KPCS Annex I A")

# What arrives: the goods
UNSEALED: Final = Rule("unsealed", STOP, "KPCS IV(c), EU 3")
SEAL_BROKEN: Final = Rule("seal_broken", LIFTABLE, "EU 3, CA-A 15")
SEAL_DIFFERS: Final = Rule("seal_differs", LIFTABLE, "EU 3")
CONTAINERS_DIFFER: Final = Rule("containers_differ", LIFTABLE, "KPCS III(b)")
PARCELS_DIFFER: Final = Rule("parcels_differ", LIFTABLE, "KPCS III(b)")
HEADING_DIFFERS: Final = Rule("heading_differs", LIFTABLE, "KPCS III(b)")
CARATS_DIFFER: Final = Rule("carats_differ", NOTE, "kpdesk")
CARATS_FAR_OFF: Final = Rule("carats_far_off", LIFTABLE, "KPCS III(b), EU 4")
VALUE_DIFFERS: Final = Rule("value_differs", NOTE, "kpdesk")
VALUE_FAR_OFF: Final = Rule("value_far_off", LIFTABLE, "kpdesk")
UNIT_SLIP: Final = Rule("unit_slip", NOTE, "kpdesk")
DIGITS_SWAPPED: Final = Rule("digits_swapped", NOTE, "kpdesk")
NOT_ROUGH: Final = Rule("not_rough", LIFTABLE, "CA-A 14(2)")

PARCEL_NOT_FOUND: Final = Rule("parcel_not_found", STOP, "kpdesk")
PARCEL_HELD: Final = Rule("parcel_held", STOP, "kpdesk")

# Balances (desk.md §2.5)
ZERO_DUE: Final = Rule("zero_due", NOTE, "kpdesk")
CHECK_WEIGHT_DUE: Final = Rule("check_weight_due", NOTE, "kpdesk")
CHECK_WEIGHT_MISSED: Final = Rule("check_weight_missed", STOP, "kpdesk")
CALIBRATION_ENDS_SOON: Final = Rule("calibration_ends_soon", NOTE, "OIML R 76")
CALIBRATION_OVERDUE: Final = Rule("calibration_overdue", NOTE, "OIML R 76")
CALIBRATION_LAPSED: Final = Rule("calibration_lapsed", STOP, "OIML R 76")
TOO_COARSE: Final = Rule("too_coarse", STOP, "kpdesk")
OVER_MAXIMUM: Final = Rule("over_maximum", STOP, "kpdesk")
BALANCE_NOT_IN_USE: Final = Rule("balance_not_in_use", STOP, "kpdesk")
BALANCE_UNKNOWN: Final = Rule("balance_unknown", STOP, "kpdesk")

# A table from outside, row by row
ROW_EMPTY: Final = Rule("row_empty", STOP, "kpdesk")
ROW_TWICE: Final = Rule("row_twice", STOP, "kpdesk")
ROW_DAY: Final = Rule("row_day", STOP, "kpdesk")
ROW_DAYS_TURNED: Final = Rule("row_days_turned", STOP, "kpdesk")
ROW_AMOUNT: Final = Rule("row_amount", STOP, "kpdesk")
ROW_HOLDER: Final = Rule("row_holder", STOP, "KPCS Annex II 11")
ROW_WORD: Final = Rule("row_word", STOP, "kpdesk")

# Leaving the office
BEARER_MISSING: Final = Rule("bearer_missing", STOP, "kpdesk")
IDENTITY_NOT_SEEN: Final = Rule("identity_not_seen", STOP, "kpdesk")
JOURNEY_MISSING: Final = Rule("journey_missing", STOP, "CA-R 9")
CUSTOMS_MISSING: Final = Rule("customs_missing", STOP, "kpdesk")
EXIT_MISSING: Final = Rule("exit_missing", STOP, "kpdesk")
REPRESENTATIVE_MISSING: Final = Rule("representative_missing", STOP, "KPCS Annex II 18")
SEALS_NOT_SEEN: Final = Rule("seals_not_seen", STOP, "EU 12(2)")
SEAL_NOT_ITS_OWN: Final = Rule("seal_not_its_own", STOP, "EU 12(2)")
REPRESENTATIVE_NOT_NAMED: Final = Rule("representative_not_named", NOTE, "KPCS Annex II 14")
POWER_NOT_VALID: Final = Rule("power_not_valid", LIFTABLE, "KPCS Annex II 14")
PARTNER_UNKNOWN: Final = Rule("partner_unknown", NOTE, "KPCS Annex II 19")

# An application
SOW_MISSING: Final = Rule("sow_missing", NOTE, "WDC System of Warranties")
INVOICE_MISSING: Final = Rule("invoice_missing", NOTE, "kpdesk")
DECLARED_VALUE_MISSING: Final = Rule("declared_value_missing", NOTE, "kpdesk")
DECLARATION_AGED: Final = Rule("declaration_aged", NOTE, "KPCS Annex II 18")
ANNOUNCED_DIFFERS: Final = Rule("announced_differs", NOTE, "kpdesk")

RULES: Final[dict[str, Rule]] = {rule.code: rule for rule in list(globals().values()) if isinstance(rule, Rule)}
"""By code."""
