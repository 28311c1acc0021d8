"""Which role may reach which route, and see which field. This page is the whole answer.

Every route of the application has one row in ROUTES; a route without a row is closed to everybody and
fails the tests. A row says who may knock; which rows of the database answer (caseload, firm, territory)
is decided by the `visible_to` function of each noun.

FIELDS names the fields that not everybody may read, wherever they appear: in pages, JSON, exports.
The view Struct of a role does not have the field at all (semantics.md, Rights).
"""

from service.vocabulary import DocumentKind, Role

REF, LIA, FAC, FIR, COO, ADM = (
    Role.REFERENT,
    Role.LIAISON,
    Role.FACILITATOR,
    Role.CONTRACTOR,
    Role.COORDINATOR,
    Role.ADMIN,
)
ALL = frozenset(Role)


def to(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


# Open without an account: nothing behind these names a person or a firm.
PUBLIC: frozenset[str] = frozenset(
    {
        "static",
        "static.bootstrap",
        "static.htmx",
        "accounts.sign_in",
        "accounts.sign_in.act",
        "accounts.link",
        "accounts.link.act",
        "accounts.help",
        "health",
    }
)

ROUTES: dict[str, frozenset[Role]] = {
    # --- everyone -----------------------------------------------------------------------------------
    "home": ALL,
    "search": ALL,
    "search.act": ALL,
    "accounts.sign_out.act": ALL,
    "accounts.mine": ALL,
    "accounts.mine.act": ALL,
    "reference.communes": ALL,
    "reference.occupations": to(REF, LIA, COO),
    "reference.skills": to(REF, LIA, COO),
    # --- accounts and the house's journals ----------------------------------------------------------
    "accounts.list": to(ADM),
    "accounts.new": to(ADM),
    "accounts.new.act": to(ADM),
    "accounts.file": to(ADM),
    "accounts.edit.act": to(ADM),
    "accounts.link.make.act": to(ADM),
    "accounts.revoke.act": to(ADM),
    "organisations.list": to(ADM, COO, FAC),
    "organisations.sheet": to(ADM, COO, FAC),
    "organisations.new": to(ADM, FAC, LIA),
    "organisations.new.act": to(ADM, FAC, LIA),
    "organisations.duplicate": to(ADM, FAC),
    "organisations.edit": to(ADM, FAC),
    "organisations.edit.act": to(ADM, FAC),
    "territory.file": to(ADM),
    "territory.edit.act": to(ADM),
    "journal.acts": to(ADM, COO),
    "journal.readings": to(ADM, COO),
    "weights.page": to(ADM, COO),
    "weights.save.act": to(ADM, COO),
    "exposure.page": to(ADM, COO),
    "openapi": to(ADM),
    # --- référent: participants, parcours, suggestions ----------------------------------------------
    "duplicates.list": to(COO),
    "duplicates.distinct.act": to(COO),
    "participants.list": to(REF, COO),
    "participants.sheet": to(REF, COO),
    "participants.new": to(REF),
    "participants.new.act": to(REF),
    "participants.file": to(REF, COO),
    "participants.identity": to(REF),
    "participants.identity.act": to(REF),
    "participants.constraints": to(REF),
    "participants.constraints.act": to(REF),
    "participants.project.new": to(REF),
    "participants.project.new.act": to(REF),
    "participants.project.edit": to(REF),
    "participants.project.edit.act": to(REF),
    "participants.project.occupation.act": to(REF),
    "participants.duplicate": to(REF),
    "participants.readings": to(REF, COO),
    "participants.share_name.act": to(REF),
    "participants.contact.act": to(REF),
    "participants.contact.move.act": to(REF),
    "participants.step.new": to(REF),
    "participants.step.new.act": to(REF),
    "participants.step.edit": to(REF),
    "participants.step.edit.act": to(REF),
    "participants.spell": to(REF),
    "participants.spell.act": to(REF),
    "participants.eligibility": to(REF),
    "participants.eligibility.act": to(REF),
    "participants.eligibility.revoke.act": to(REF),
    "participants.suggestions": to(REF),
    "participants.suggestion": to(REF),
    "participants.set_aside.act": to(REF),
    "participants.set_aside.undo.act": to(REF),
    "participants.keep.act": to(REF),
    # --- liaison: employers, offers, candidates, proposals --------------------------------------------
    "employers.list": to(LIA, COO),
    "employers.sheet": to(LIA, COO),
    "employers.file": to(LIA, COO),
    "employers.new": to(LIA),
    "employers.new.act": to(LIA),
    "employers.duplicate": to(LIA),
    "employers.edit": to(LIA),
    "employers.edit.act": to(LIA),
    "offers.list": to(LIA, COO, REF),
    "offers.sheet": to(LIA, COO, REF),
    "offers.file": to(LIA, COO, REF),
    "offers.new": to(LIA),
    "offers.new.act": to(LIA),
    "offers.edit": to(LIA),
    "offers.edit.act": to(LIA),
    "offers.duplicate": to(LIA),
    "offers.state.act": to(LIA),
    "offers.occupation.act": to(LIA),
    "offers.candidates": to(LIA),
    "offers.candidate": to(LIA),
    "offers.why": to(LIA),
    "offers.why.find.act": to(LIA),
    "proposals.new.act": to(LIA),
    "proposals.list": to(LIA, REF),
    "proposals.sheet": to(LIA, REF),
    "proposals.file": to(LIA, REF),
    "proposals.answer.act": to(LIA, REF),
    "proposals.agree.act": to(REF),
    "proposals.step.act": to(REF),
    # --- facilitator: marchés, lots, people at work, review --------------------------------------------
    "marches.list": to(FAC, COO),
    "marches.sheet": to(FAC, COO),
    "marches.file": to(FAC, COO),
    "marches.new": to(FAC),
    "marches.new.act": to(FAC),
    "marches.edit": to(FAC),
    "marches.edit.act": to(FAC),
    "marches.duplicate": to(FAC),
    "lots.file": to(FAC, COO),
    "lots.new": to(FAC),
    "lots.new.act": to(FAC),
    "lots.edit": to(FAC),
    "lots.edit.act": to(FAC),
    "lots.duplicate": to(FAC),
    "lots.calibrate": to(FAC),
    "lots.calibrate.act": to(FAC),
    "lots.event": to(FAC),
    "lots.event.act": to(FAC),
    "lots.event.withdraw.act": to(FAC),
    "lots.party": to(FAC),
    "lots.party.act": to(FAC),
    "lots.party.end.act": to(FAC),
    "placements.new": to(FAC),
    "placements.new.act": to(FAC),
    "placements.edit": to(FAC),
    "placements.edit.act": to(FAC),
    "placements.duplicate": to(FAC),
    "placements.confirm": to(FAC),
    "placements.confirm.act": to(FAC),
    "sharing.lot": to(FAC),
    "sharing.share.act": to(FAC),
    "sharing.cancel.act": to(FAC),
    "beneficiaries.list": to(FAC),
    "beneficiaries.sheet": to(FAC),
    "beneficiaries.file": to(FAC),
    "beneficiaries.new": to(FAC),
    "beneficiaries.new.act": to(FAC),
    "beneficiaries.eligibility": to(FAC),
    "beneficiaries.eligibility.act": to(FAC),
    "beneficiaries.eligibility.revoke.act": to(FAC),
    "beneficiaries.eligibility.cdi.act": to(FAC),
    "review.queue": to(FAC),
    "review.sheet": to(FAC),
    "review.file": to(FAC),
    "review.accept.act": to(FAC),
    "review.batch.act": to(FAC),
    "review.part.act": to(FAC),
    "review.give_back.act": to(FAC),
    "review.reject.act": to(FAC),
    "review.waive.act": to(FAC),
    "review.enter.choose": to(FAC),
    "review.enter": to(FAC),
    "review.enter.act": to(FAC),
    "review.enter.send.act": to(FAC),
    "bilans.list": to(FAC, COO),
    "bilans.file": to(FAC, COO),
    "bilans.freeze.act": to(FAC),
    "bilans.freeze_all.act": to(FAC),
    "bilans.sheet.act": to(FAC, COO),
    "bilans.year": to(FAC, COO),
    "bilans.year.sheet.act": to(FAC, COO),
    "penalties.list": to(FAC, COO),
    "penalties.new": to(FAC),
    "penalties.new.act": to(FAC),
    "penalties.file": to(FAC, COO),
    "penalties.decide.act": to(FAC),
    "documents.new": to(FAC),
    "documents.new.act": to(FAC),
    "documents.file": to(FAC, COO, FIR),
    "documents.download.act": to(FAC, COO, FIR),
    "documents.withdraw.act": to(FAC),
    # --- contractor: its lots, the month ----------------------------------------------------------------
    "firm.lot": to(FIR),
    "declarations.list": to(FIR),
    "declarations.file": to(FIR),
    "declarations.people": to(FIR),
    "declarations.month": to(FIR),
    "declarations.month.act": to(FIR),
    "declarations.send.act": to(FIR),
    "declarations.newcomer": to(FIR),
    "declarations.newcomer.act": to(FIR),
    "declarations.receipt": to(FIR),
    "declarations.visas": to(FIR),
    "declarations.visa.act": to(FIR),
    "declarations.visa.back.act": to(FIR),
}

# The documents of a marché that firms may read. The clause itself is for every company of the lot, employers
# included: each must know what it is held to. What bears prices and the buyer's acts is for the groupement
# that signed them. The rest (actes spéciaux, the decision on a penalty, other papers) stays with the
# facilitation and the coordination.
DOCUMENTS_OF_THE_LOT = frozenset({DocumentKind.CCAP})
DOCUMENTS_OF_THE_GROUPEMENT = frozenset(
    {
        DocumentKind.ACTE_ENGAGEMENT,
        DocumentKind.AVENANT,
        DocumentKind.TRANCHE,
        DocumentKind.PURCHASE_ORDER,
    }
)

# JSON keys that only some roles may ever receive, wherever they appear. Matched by name at any depth by the
# generated tests, on every route, for every role.
FIELDS: dict[str, frozenset[Role]] = {
    # Causes: childcare, health, language. Liaison and firms get consequences only.
    "care": to(REF),
    "care_place": to(REF),
    "children": to(REF),
    "physical": to(REF),
    "working_note": to(REF),
    "shared_note": to(REF, COO),
    "birth_date": to(REF, COO, FAC),
    "birth_name": to(REF, COO, FAC),
    "sex": to(REF, COO),
    "nationality": to(REF),
    "qpv": to(REF),
    "france_travail_id": to(REF),
    # The ground of eligibility and its proof.
    "criterion": to(REF, FAC),
    "criterion_label": to(REF, FAC),
    "proof_label": to(REF, FAC),
    "opinion": to(REF, FAC),
    # Secrets of accounts.
    "password_hash": frozenset(),
    "token_hash": frozenset(),
}
