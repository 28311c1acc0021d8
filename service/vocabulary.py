"""The closed lists of the service that belong to neither core, each value with its French label.

A label is what screens show; the value is what the database and JSON hold. The lists that decide
something (states of a declaration, legal bases, kinds of constraint) live in the cores.
"""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """An enum whose members carry their French label: `REFUSED = "refused", "Déclinée"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Role(Labelled):
    REFERENT = "referent", "Référent·e de parcours"
    LIAISON = "liaison", "Chargé·e de relations entreprises"
    FACILITATOR = "facilitator", "Facilitateur·rice des clauses"
    CONTRACTOR = "contractor", "Entreprise"
    COORDINATOR = "coordinator", "Coordination"
    ADMIN = "admin", "Administration"


class OrganisationKind(Labelled):
    PLIE = "plie", "PLIE"
    OPERATOR = "operateur", "Opérateur de parcours"
    FACILITATION = "facilitation", "Structure porteuse de la clause"
    BUYER = "acheteur", "Acheteur"
    FIRM = "entreprise", "Entreprise"
    PRESCRIBER = "prescripteur", "Prescripteur"
    OTHER = "autre", "Autre organisme"


class Sex(Labelled):
    WOMAN = "f", "Femme"
    MAN = "h", "Homme"
    NON_BINARY = "x", "Non binaire"
    UNKNOWN = "non_renseigne", "Non renseigné"


class SpellState(Labelled):
    """A spell in the PLIE, from prescription to exit (domain/parcours.md §2.1)."""

    PRESCRIBED = "prescrit", "Prescription reçue"
    PRE_ASSIGNED = "pre_affecte", "Pré-affectation"
    IN_COMMISSION = "en_commission", "En commission"
    VALIDATED = "valide", "Entrée validée"
    ADJOURNED = "ajourne", "Ajourné"
    NOT_ENTERED = "non_entree", "Non-entrée"
    ACTIVE = "actif", "En parcours"
    SUSPENDED = "suspendu", "Suspendu"
    JOB_FOLLOW_UP = "suivi_emploi", "Suivi dans l’emploi"
    EXITED = "sorti", "Sorti"


class StepKind(Labelled):
    """Kinds of étape (domain/parcours.md §2.2)."""

    MOBILISATION = "MOBIL", "Mobilisation"
    ASSESSMENT = "BILAN", "Bilan, diagnostic, orientation"
    OBSTACLE = "LEVEE", "Levée de frein"
    TRAINING_PRE = "FORM_PRE", "Formation préqualifiante"
    TRAINING_QUALIFYING = "FORM_QUAL", "Formation qualifiante"
    TRAINING_CERTIFYING = "FORM_CERT", "Formation certifiante"
    IMMERSION = "PMSMP", "Immersion en entreprise"
    SIAE = "IAE", "Emploi en structure d’insertion"
    CLAUSE = "CLAUSE", "Heures d’insertion en clause sociale"
    AIDED_JOB = "AIDE", "Emploi aidé"
    SHORT_JOB = "EMP_CT", "Emploi de moins de 6 mois"
    JOB = "EMP", "Emploi de 6 mois et plus"
    JOB_SEARCH = "TRE", "Aide à la recherche d’emploi"
    FOLLOW_UP = "SUIVI", "Suivi dans l’emploi"


class StepState(Labelled):
    PLANNED = "prevue", "Prévue"
    ONGOING = "en_cours", "En cours"
    DONE = "realisee", "Réalisée"
    ABANDONED = "abandonnee", "Abandonnée"
    REFUSED = "refusee", "Refusée"


class OfferState(Labelled):
    DRAFT = "brouillon", "Brouillon"
    OPEN = "ouverte", "Ouverte"
    FILLED = "pourvue", "Pourvue"
    CLOSED = "fermee", "Fermée"


class OfferSource(Labelled):
    TYPED = "saisie", "Saisie"
    FRANCE_TRAVAIL = "france_travail", "France Travail"
    CSV = "csv", "Fichier"
    DEMO = "demo", "Démonstration"


class OccupationSource(Labelled):
    """Where the occupation of an offer or of a project comes from."""

    TYPED = "saisi", "Saisi"
    PROPOSED = "propose", "Déduit des mots"
    CONFIRMED = "confirme", "Confirmé"
    IMPORTED = "importe", "Donné par la source"


class ProposalState(Labelled):
    """Brief §4.2: proposee → presentee → retenue | refusee | desistee → embauchee."""

    PROPOSED = "proposee", "Proposée au référent"
    PRESENTED = "presentee", "Présentée à l’employeur"
    ACCEPTED = "retenue", "Retenue"
    REFUSED = "refusee", "Refusée par l’employeur"
    DECLINED = "desistee", "Déclinée côté participant"
    HIRED = "embauchee", "Embauche"


class SharedFact(Labelled):
    """What a person may let an employer read of her; nothing else of hers leaves with a proposal."""

    NAME = "nom", "Prénom et nom"
    SKILLS = "competences", "Compétences demandées qu’elle a"
    EXPERIENCE = "experience", "Expérience dans le métier"
    PAPERS = "titres", "Permis et certificats demandés qu’elle a"
    HOURS = "horaires", "Disponibilité aux heures du poste"


class ContactKind(Labelled):
    INTERVIEW = "entretien", "Entretien"
    PHONE = "telephone", "Appel"
    MESSAGE = "message", "Message"
    VISIT = "visite", "Visite en entreprise"


class LinkPurpose(Labelled):
    INVITATION = "invitation", "Invitation"
    PASSWORD = "mot_de_passe", "Nouveau mot de passe"


class PenaltyState(Labelled):
    """A penalty: the facilitator proposes, the buyer decides (domain/clauses.md §4.2)."""

    PROPOSED = "proposee", "Proposée à l’acheteur"
    APPLIED = "appliquee", "Appliquée"
    REMITTED = "remise", "Remise par l’acheteur"
    CANCELLED = "annulee", "Annulée"


class DocumentKind(Labelled):
    """What a document of a marché is; who reads it follows from it (`rights.FIRM_DOCUMENTS`)."""

    CCAP = "ccap", "CCAP"
    ACTE_ENGAGEMENT = "acte_engagement", "Acte d’engagement"
    AVENANT = "avenant", "Avenant"
    TRANCHE = "tranche", "Affermissement d’une tranche"
    PURCHASE_ORDER = "bon_de_commande", "Bon de commande"
    ACTE_SPECIAL = "acte_special", "Acte spécial de sous-traitance"
    PENALTY_DECISION = "decision_penalite", "Décision de l’acheteur sur une pénalité"
    OTHER = "autre", "Autre pièce"


class DocumentMedia(Labelled):
    """The files that are taken, told by their bytes; the value is the extension given back."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    ODT = "odt", "OpenDocument"
    XLSX = "xlsx", "Excel"
    PNG = "png", "image PNG"
    JPEG = "jpg", "image JPEG"


class ImportKind(Labelled):
    PARTICIPANTS = "participants", "Participants"
    OFFERS = "offres", "Offres"


class ImportState(Labelled):
    """Where a staged file stands: nothing is written elsewhere before `STORING`."""

    MATCHING = "colonnes", "Colonnes à associer"
    READING = "lecture", "Lecture en cours"
    READY = "prete", "Prêt à importer"
    STORING = "ecriture", "Import en cours"
    DONE = "terminee", "Importé"


class RowOutcome(Labelled):
    """What becomes of a row of a staged file."""

    UNREAD = "a_lire", "À lire"
    ADDED = "ajout", "Ajout"
    CHANGED = "complement", "Mise à jour"
    SAME = "inchangee", "Inchangée"
    ALIKE = "ressemblance", "Ressemble à une fiche"
    REFUSED = "refus", "À reprendre"
