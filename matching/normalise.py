"""The one home of text normalisation: what makes two writings of one thing equal.

Everything here is deterministic, needs the standard library alone and takes plain strings.

`fold` removes accents, case and punctuation. `words` reads a job title: gender marks, abbreviations of the
trades and what says nothing of the trade (H/F, CDI, 35h) are dealt with. `neutral` gives the form of a word
shared by its masculine, feminine, singular and plural. The keys of persons and firms, for duplicates, are
here too, so that search and duplicates never disagree on what "the same" means.
"""

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"}
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def strip_accents(text: str) -> str:
    """`text` without accents and with ligatures opened; case and punctuation are kept."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def fold(text: str) -> str:
    """Lower-case words of `text` without accents or punctuation, one space between them."""
    return _NOT_WORD.sub(" ", strip_accents(text).lower()).strip()


_SAINT = re.compile(r"\bst\b")
_SAINTE = re.compile(r"\bste\b")


@lru_cache(maxsize=8192)
def fold_place(text: str) -> str:
    """The key of a commune's name: « St-Omer » and « SAINT OMER » are the same place."""
    return _SAINTE.sub("sainte", _SAINT.sub("saint", fold(text)))


# ---------------------------------------------------------------------------------------------- job titles

# « serveur(se) », « agent·e », « vendeur/se », « employé.e.s »: the mark goes, the word stays.
_FEMININE = r"(?:e|ne|le|se|te|ve|fe|ere|iere|euse|esse|rice|trice|enne|ienne|ive|elle)"
_BRACKETED = re.compile(rf"(?<=[a-z])\s?[(\[]\s?-?{_FEMININE}s?\s?[)\]]s?(?![a-z])")
_POINTED = re.compile(rf"(?<=[a-z]{{3}})[./·•‧∙_-]{_FEMININE}(?:[.·•‧∙-]?s)?(?![a-z'’])")
# H/F, (F-H), h f, m/w/d, « homme/femme » as a mention.
_MENTION = re.compile(
    r"[(\[]?\b(?:h\s?[/\-.|]\s?f|f\s?[/\-.|]\s?h|m\s?[/\-.|]\s?f|f\s?[/\-.|]\s?m|hf|fh|homme\s?/\s?femme|femme\s?/\s?homme"
    r"|hommes?\s(?:et|ou)\sfemmes?)(?:\s?/\s?[xnd])?\b[)\]]?"
)
# What follows a dash, a bracket, a bar… in an advertisement's title says where, when and how, seldom what.
_SEGMENTS = re.compile(r"\s[-–—|+:]+(?:\s|$)|[-–—]\s|[()\[\]|;!]")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’`´](?=[a-z0-9])")
# Duration, pay, shares, times, départements and references say nothing of the trade.
_FIGURES = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:h\d*|heures?|euros?|mois|ans?|jours?|semaines?|%|€|k€)(?![a-z])(?:\s?/\s?(?:semaine|sem|hebdo|mois|jour))?"
    r"|\(\s?\d[\dab]\d?\s?\)|\b\d{4,}\b"
)
_STOP = _set(
    "a au aux avec ce ces cet cette chez comme d dans de des du elle en entre et etre eux faire il ils "
    "j je l la le les leur leurs lui m ma mes mon n ne nos notre nous on ou par pas plus pour qu que "
    "qui s sa se ses si son sous sur t ta tes ton tu un une vers vos votre vous y"
)
# Words of an advertisement, not of a trade. « emploi », « travail », « recrutement » stay: trades hold them.
_EMPTY = _set(
    "cdi cdd cddi ctt hf fh urgent urgence debutant debutants accepte acceptes motive motives serieux hebdo "
    "tps asap immediat immediate poei afpr voudrais veux aimerais souhaite envie bosser boulot job"
)
_OPENING = re.compile(
    r"^(?:(?:nous )?(?:recrut(?:e|ons|ement)|recherch(?:e|ons)|cherch(?:e|ons))|offre (?:d )?emploi|poste)"
    r"(?: (?:d |de |un |une |des |en |pour ))* "
)
_ABBREVIATIONS: dict[str, str] = {
    "advf": "assistant vie famille",
    "avf": "assistant vie famille",
    "avs": "auxiliaire vie sociale",
    "deavs": "auxiliaire vie sociale",
    "ash": "agent service hospitalier",
    "ashq": "agent service hospitalier",
    "atsem": "agent territorial specialise ecole maternelle",
    "asem": "agent specialise ecole maternelle",
    "aesh": "accompagnant eleve situation handicap",
    "aes": "accompagnant educatif social",
    "deaes": "accompagnant educatif social",
    "amp": "aide medico psychologique",
    "tisf": "technicien intervention sociale familiale",
    "ide": "infirmier soin general",
    "eje": "educateur jeune enfant",
    "cesf": "conseiller economie sociale familiale",
    "cip": "conseiller insertion professionnelle",
    "ehpad": "maison retraite",
    "ssiap": "agent securite incendie",
    "asvp": "agent surveillance voie publique",
    "els": "employe libre service",
    "vl": "vehicule leger",
    "pl": "poids lourd",
    "spl": "super poids lourd",
    "tpmr": "transport personne mobilite reduite",
    "vtc": "chauffeur vtc",
    "btp": "batiment travaux public",
    "tp": "travaux public",
    "vrd": "voirie reseaux",
    "chr": "cafe hotel restaurant",
    "rh": "ressource humaine",
    "sav": "service apres vente",
    "cvc": "chauffage ventilation climatisation",
    "cn": "commande numerique",
    "bafa": "animateur loisir enfant",
    "mns": "maitre nageur sauveteur",
    "eti": "encadrant technique insertion",
    "mcdo": "restauration rapide mcdo",
    "fenwick": "chariot elevateur cariste fenwick",
}
_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replaced)
    for pattern, replaced in (
        (
            r"\bcaces? ?(?:r ?489 ?)?(?:cat(?:egorie)?s? ?)?1[ab]?(?! ?(?:et )?[356]\b)",
            "preparateur commandes caces",
        ),
        (
            r"\bcaces? ?(?:r ?489 ?)?(?:cat(?:egorie)?s? ?)?[1356][ab]?(?: (?:et )?[1356][ab]?)*\b",
            "cariste caces",
        ),
        (r"\bcaces? ?r ?489\b", "cariste caces"),
        (r"\bcaces? ?r ?482\b", "conducteur engin chantier caces"),
        (r"\bass mat\b", "assistant maternel"),
    )
)
# What no ending tells: the two genders of one trade.
_IRREGULAR: dict[str, str] = {
    "hotesse": "hot", "hotesses": "hot", "steward": "hot", "maitresse": "maitr", "maitresses": "maitr",
    "barmaid": "barman", "barwoman": "barman", "barmen": "barman", "caces": "caces", "doctoresse": "docteu",
    "homme": "femm", "hommes": "femm", "dame": "femm", "dames": "femm", "valet": "femm", "valets": "femm",
    "mecano": "mecanicien", "travaux": "travail",
    "commise": "commi", "commises": "commi", "pizzaiola": "pizzaiolo", "contremaitresse": "contremaitr",
    "reportrice": "reporter", "ambassadrice": "ambassadeu", "prive": "priv",
    "decontamineuse": "decontaminateu", "designeuse": "designer", "fille": "garcon", "filles": "garcon",
}  # fmt: skip
_ENDINGS: tuple[tuple[str, str], ...] = (
    ("trice", "teu"), ("teuse", "teu"), ("teure", "teu"), ("teur", "teu"),
    ("eresse", "eu"), ("euse", "eu"), ("eure", "eu"), ("eur", "eu"),
    ("iere", "ier"), ("ere", "er"), ("enne", "en"), ("onne", "on"), ("anne", "an"), ("elle", "el"),
    ("ette", "et"), ("ive", "if"), ("ique", "ic"), ("ffe", "f"), ("eaux", "eau"), ("aux", "al"),
    ("eee", ""), ("ee", ""), ("e", ""),
)  # fmt: skip


@lru_cache(maxsize=65536)
def neutral(word: str) -> str:
    """The form that the masculine, feminine, singular and plural of a folded word share.

    Not a linguistic stem: « conductrice » and « conducteur » give « conducteu », « agentes » gives « agent ».
    """
    irregular = _IRREGULAR.get(word)
    if irregular is not None:
        return irregular
    if len(word) > 3 and word[-1] in "sx" and not word.endswith(("ss", "us", "eux", "aux", "ois", "ais")):
        word = word[:-1]
    if len(word) < 4:
        return word
    for ending, replaced in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(replaced) >= 3:
            return word[: len(word) - len(ending)] + replaced
    return word


def words(text: str) -> list[str]:
    """The folded words of a title that speak of the trade, in order, once each by neutral form.

    When every word is empty of meaning (« CDI 35h »), they are kept: something is better than nothing.
    """
    low = _ELISION.sub(" ", _unmarked(text))
    plain = _NOT_WORD.sub(" ", _FIGURES.sub(" ", low)).strip()
    plain = _OPENING.sub("", plain)
    for pattern, replaced in _PHRASES:
        plain = pattern.sub(replaced, plain)
    every = plain.split() or fold(text).split()
    told = [word for word in every if word not in _STOP and word not in _EMPTY and len(word) > 1]
    kept: dict[str, str] = {}
    for word in told or every:
        for part in _ABBREVIATIONS.get(word, word).split():
            kept.setdefault(neutral(part), part)
    return list(kept.values())


def segments(text: str) -> list[str]:
    """The parts of a title between dashes, brackets and bars, in order, mentions of both sexes taken off."""
    parts = _SEGMENTS.split(_MENTION.sub(" ", _BRACKETED.sub("", strip_accents(text).lower())))
    return [part for part in (one.strip() for one in parts) if part]


def unadorned(text: str) -> str:
    """`text` in lower case with its accents, without what advertisements add: « H/F », « CDI », « 35 h »."""
    low = _FIGURES.sub(" ", _MENTION.sub(" ", text.lower().replace("’", "'")))
    told = [word for word in low.split() if fold(word) not in _EMPTY and (fold(word) or word == "/")]
    return " ".join(told).strip(" /") or text


def _unmarked(text: str) -> str:
    """Lower case, without accents, mentions of both sexes and marks of the feminine."""
    low = _MENTION.sub(" ", strip_accents(text).lower().replace("’", "'"))
    return _POINTED.sub("", _BRACKETED.sub("", low))


def neutral_words(text: str) -> list[str]:
    """The neutral forms of `words(text)`, in order."""
    return [neutral(word) for word in words(text)]


def surface_words(text: str) -> list[str]:
    """The neutral forms of all the words as written, small and empty ones too, in order."""
    return [neutral(word) for word in _NOT_WORD.sub(" ", _unmarked(text)).split()]


_DETERMINERS = _set("le la les l un une des du de d")


@lru_cache(maxsize=65536)
def skill_key(text: str) -> str:
    """The same for « Nettoyer des locaux » and « nettoyer les  locaux »: only its other words count."""
    parts = fold(text).split()
    return " ".join([part for part in parts if part not in _DETERMINERS] or parts) or text


# ------------------------------------------------------------------------------------- persons and firms

_PARTICLES = _set("de du des d le la les van von der den el al ben bin née nee epouse ep veuve vve")
_LEGAL_FORMS = _set(
    "sa sas sasu sarl eurl sci scop scic snc sca gie eirl ei asso association societe ste ets "
    "etablissements etablissement entreprise groupe cie compagnie france holding et fils"
)


def person_key(*names: str) -> str:
    """The same for « Dupont-Leroy, Zoé » and « Zoe LEROY DUPONT »: order, case, accents do not count.

    Family name, birth name and first names are given in any order (fields are often swapped in files).
    """
    parts = {part for name in names for part in fold(name).split()}
    return " ".join(sorted(parts - _PARTICLES or parts))


def firm_key(name: str) -> str:
    """A firm's name without its legal form, in order: « SARL Nord-Bâti » = « Nord Bati »."""
    parts = fold(name.replace(".", "")).split()
    return " ".join([part for part in parts if part not in _LEGAL_FORMS] or parts)
