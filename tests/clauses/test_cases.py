"""The cases of fixtures/clauses, the strictness of their reading, and the command that runs them."""

import re
from pathlib import Path

import pytest

from clauses.case_events import METHODS, READERS
from clauses.case_expected import BLOCKS, DECLARATION, ELIGIBILITY, LOT, PERSON
from clauses.cases import Case, Outcome, Unread, read_case, run_case
from service.cli import main
from service.commands.clauses_check import territory_holidays

FOLDER = Path(__file__).parents[2] / "fixtures" / "clauses"
FILES = sorted(FOLDER.glob("*.toml"))

SMALL = """
titre = "Un cas"
calcul = "100 h"

[[evenement]]
type = "notification"
date = "01/01/2026"
fin = "31/12/2026"
calibrage = { methode = "fixe", heures = "100" }

[[attendu]]
le = "01/02/2026"
du = "100"
"""

PEOPLE = """
[[mise_a_l_emploi]]
personne = "Awa"
debut = "02/03/2026"

[[eligibilite]]
personne = "Awa"
du = "16/03/2026"

[[declaration]]
periode = "2026-03"
envoyee_le = "02/04/2026"
heures = { Awa = "110" }
"""


def read(text: str) -> Case:
    case = read_case(text, "cas.toml")
    assert isinstance(case, Case), case
    return case


def run(text: str) -> Outcome:
    outcome = run_case(read(text), territory_holidays)
    assert isinstance(outcome, Outcome), outcome
    return outcome


def faults(text: str) -> str:
    """All that keeps a text from being read, on one line."""
    unread = read_case(text, "cas.toml")
    assert isinstance(unread, Unread), unread
    return " | ".join(unread.faults).replace("\u202f", " ")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_case_comes_out_as_it_was_worked_by_hand(path: Path) -> None:
    case = read_case(path.read_text(encoding="utf-8"), path.name)
    assert isinstance(case, Case), case
    outcome = run_case(case, territory_holidays)
    assert isinstance(outcome, Outcome), outcome
    assert outcome.gaps == ()
    assert outcome.compared > 0
    assert any(sign in case.calculation for sign in "0123456789"), "a computation has figures"


def test_there_are_at_least_forty_five_cases_with_the_fifteen_edge_cases_among_them() -> None:
    assert len(FILES) >= 45
    edges = [path.stem for path in FILES if path.stem.startswith("limite-")]
    assert sorted(name.split("-")[1] for name in edges) == [f"{n:02d}" for n in range(1, 16)]


def test_the_examples_of_the_format_page_come_out_as_it_says() -> None:
    page = (FOLDER.parents[1] / "docs" / "clause-cases.md").read_text(encoding="utf-8")
    clocks, counts, held, bilan = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert run(clocks).gaps == ()
    assert run(counts).gaps == ()
    (gap,) = run(held).gaps
    assert (gap.expected, gap.obtained) == ("rien", "R06 alerte")
    assert run(held.replace("effets = []", 'effets = ["R06"]') + bilan).gaps == ()


def test_every_key_that_may_be_expected_is_on_the_format_page() -> None:
    page = (FOLDER.parents[1] / "docs" / "clause-cases.md").read_text(encoding="utf-8")
    keys = {key for readers in (LOT, DECLARATION, ELIGIBILITY, PERSON) for key in readers}
    blocks = {key for kinds in BLOCKS.values() for name, held in kinds.items() for key in (name, *held)}
    assert [key for key in sorted(keys | blocks) if f"`{key}" not in page and f"{key}]" not in page] == []
    assert [word for word in (*READERS, *METHODS) if f"`{word}`" not in page] == []


def test_a_line_may_be_told_beside_its_declaration() -> None:
    expected = '[[attendu]]\ndeclaration = "2026-03"\npersonne = "Awa"\ncomptables = "60"\njours = "12/22"\n'
    assert run(SMALL + PEOPLE + expected).gaps == ()


def test_a_groupement_without_keys_is_a_difference_not_a_fault() -> None:
    two = '[[entreprise]]\nnom = "Colas"\n[[entreprise]]\nnom = "Renov"\nrole = "cotraitant"\n'
    (gap,) = run(SMALL.replace('du = "100"', 'dettes = { Colas = "50" }') + two).gaps
    assert gap.obtained == "incalculable"
    assert "cle" in gap.why[0]


def test_a_difference_is_told_with_both_values_and_the_reasons_of_the_core() -> None:
    (gap,) = run(SMALL.replace('du = "100"', 'du = "101"')).gaps
    assert (gap.expected, gap.obtained) == ("101,00\u202fh", "100,00\u202fh")
    assert any("Volume fixe" in sentence for sentence in gap.why)


def test_a_cut_that_differs_says_the_days_that_counted() -> None:
    # 110 × 12 ÷ 22 = 60 h, where 61 is expected.
    expected = '[[attendu]]\ndeclaration = "2026-03"\ncomptables = "61"\n'
    (gap,) = run(SMALL + PEOPLE + expected).gaps
    assert gap.obtained == "60,00\u202fh"
    assert "éligible à partir du 16\u202f: 12 jours sur 22" in " ".join(gap.why)


def test_a_refusal_that_nobody_expected_is_a_difference() -> None:
    twice = PEOPLE.split("[[declaration]]")[1]
    again = f'[[declaration]]\nid = "encore"{twice}'
    (gap,) = run(SMALL + PEOPLE + again).gaps
    assert gap.obtained == "refus"
    assert "déjà envoyée" in gap.why[0]


@pytest.mark.parametrize(
    ("slip", "mended", "told"),
    [
        ('du = "100"', 'dus = "100"', "attendu n° 1 : clé inconnue « dus » (vouliez-vous dire « du » ?)"),
        ('titre = "Un cas"', "", "fichier : il manque la clé « titre »"),
        ('calcul = "100 h"', 'calcul = " "', "calcul : écrivez le calcul à la main"),
        (
            'date = "01/01/2026"',
            'date = "31/02/2026"',
            "evenement n° 1, date : « 31/02/2026 » n’est pas une date",
        ),
        ('heures = "100"', 'heures = "7h5"', "evenement n° 1, calibrage, heures : « 7h5 » est ambigu"),
        ('heures = "100"', 'heure = "100"', "calibrage : il manque la clé « heures »"),
        ('type = "notification"', 'type = "notif"', "« notif » n’est pas connu ; au choix : notification"),
        ('le = "01/02/2026"', "", "attendu n° 1 : il manque la clé « le »"),
        ('du = "100"', "", "ce bloc n’attend rien"),
        ("31/12/2026", "31/12/20260", "n’est pas une date"),
        ("31/12/2026", "31/12/1620", "l’année 1620 n’est pas vraisemblable"),
        ('heures = "100"', f"heures = {'9' * 5000}", "un nombre est trop long"),
        ('heures = "100"', "heures = 1e400", "ne se lit pas ici"),
        ('heures = "100"', "heures = 1e-400", "ne se lit pas ici"),
        ('heures = "100"', "heures = true", "ne se lit pas ici"),
        (
            'methode = "fixe", heures = "100"',
            'methode = "pourcentage des heures", taux = "5"',
            "écrivez « 5 % »",
        ),
        ('titre = "Un cas"', "titre = Un cas", "ce n’est pas du TOML : ligne 2"),
    ],
)
def test_what_cannot_be_read_is_told_in_french_with_its_place(slip: str, mended: str, told: str) -> None:
    assert slip in SMALL
    assert told in faults(SMALL.replace(slip, mended))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (" \n", "le fichier est vide"),
        ('titre = "Un cas', "des guillemets ne sont pas refermés"),
        ("titre = 'Un cas", "des guillemets ne sont pas refermés"),
        ('titre = "Un\ncas"', "ligne 1, colonne 12, des guillemets ne sont pas refermés"),
        ("[[attendu]\nle = 3", "ligne 1, colonne 10, il manque un crochet"),
        ("titre = “Un cas”", "entre guillemets droits"),
        ('[[événement]]\ntype = "avenant"', "une clé est attendue, sans accent"),
        ("calibrage = {\nheures = 3\n}", "tient sur une ligne"),
        ("heures = { Awa = 95,78 }", "des guillemets à un nombre à virgule"),
        ("[attendu", "il manque un crochet"),
        ('titre = "Un" cas', "il y a quelque chose de trop sur la ligne"),
        ("titre = ['a'", "un crochet ou une accolade n’est pas refermé"),
        ('titre "Un cas"', "il manque le signe"),
    ],
)
def test_a_slip_of_writing_is_told_in_french_with_its_line(text: str, told: str) -> None:
    assert told in faults(text)


@pytest.mark.parametrize(
    ("block", "told"),
    [
        (
            '[[mise_a_l_emploi]]\npersonne = "Bo"\ndebut = "02/03/2026"\nfin_prevue = "01/03/2026"',
            "fin_prevue",
        ),
        (
            '[[mise_a_l_emploi]]\npersonne = "Bo"\ndebut = "02/03/2026"\nfin_reelle = "01/03/2026"',
            "fin_reelle",
        ),
        ('[[eligibilite]]\npersonne = "Awa"\ndu = "02/03/2026"\nau = "01/03/2026"', "eligibilite n° 2, au"),
        ('[[entreprise]]\nnom = "A"\ndu = "02/03/2026"\nau = "01/03/2026"', "entreprise n° 1, au"),
        ('[[parcours]]\npersonne = "Awa"\ndu = "02/03/2026"\nau = "01/03/2026"', "parcours n° 1, au"),
        (
            '[[evenement]]\ntype = "bon de commande"\ndate = "02/03/2026"\nfin = "01/03/2026"\nmontant = 3',
            "evenement n° 2, fin",
        ),
    ],
)
def test_an_end_before_its_beginning_is_told(block: str, told: str) -> None:
    sentence = faults(SMALL + PEOPLE + block + "\n")
    assert told in sentence
    assert "le 01/03/2026 tombe avant le début, le 02/03/2026" in sentence


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ('[[entreprise]]\nnom = "A"\ncle = "-5"', "une clé ne peut pas être négative"),
        (
            '[[evenement]]\ntype = "annulation"\ndate = "02/03/2026"\nevenement = "rien"',
            "aucun événement du lot ne s’appelle « rien »",
        ),
        (
            (
                '[[evenement]]\ntype = "calibrage"\ndate = "02/03/2026"\n'
                'calibrage = { methode = "pourcentage des heures", taux = "150 %" }'
            ),
            "une part va de 0 à 100 %",
        ),
        (
            '[[evenement]]\ntype = "notification"\ndate = "02/01/2026"\nfin = "31/12/2026"',
            "le lot est déjà notifié : retirez la première notification par une « annulation »",
        ),
        ('[[penalite]]\ndecidee_le = "02/03/2026"', "il manque « mise_en_demeure » ou « proposee_le »"),
    ],
)
def test_what_makes_no_sense_is_told(block: str, told: str) -> None:
    assert told in faults(SMALL + block + "\n")


def test_all_the_faults_of_a_file_are_told_at_once() -> None:
    wrong = SMALL.replace('fin = "31/12/2026"', "").replace('du = "100"', 'du = "cent"')
    assert "il manque la clé « fin »" in faults(wrong)
    assert "« cent » ne se lit pas" in faults(wrong)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('heures = { Awaa = "110" }', "« Awaa » n’a pas de mise à l’emploi (connues : Awa)"),
        ('heures = { Awa = "110" }\nlot = "2"', "le lot « 2 » n’existe pas (lots : 1)"),
        ('heures = { Awa = "110" }\nneant = "peut-être"', "écrivez true ou false"),
    ],
)
def test_a_name_that_nobody_told_is_refused(line: str, told: str) -> None:
    assert told in faults(SMALL + PEOPLE.replace('heures = { Awa = "110" }', line))


def test_a_person_whom_nobody_told_is_refused_with_how_to_tell_her() -> None:
    alone = '[[eligibilite]]\npersonne = "Awa"\ndu = "16/03/2026"\n'
    assert "une [[personne]] ou une [[mise_a_l_emploi]] la raconte" in faults(SMALL + alone)


def test_an_eligibility_told_again_says_when_it_was_known() -> None:
    twice = '[[eligibilite]]\nid = "E"\npersonne = "Awa"\ndu = "16/03/2026"\n' * 2
    assert "deux éligibilités s’appellent « E » : donnez « connu_le »" in faults(SMALL + PEOPLE + twice)


def test_an_eligibility_named_like_its_person_hides_nothing_but_itself() -> None:
    late = PEOPLE.replace("[[eligibilite]]", '[[eligibilite]]\nid = "Awa"\nconnu_le = "20/04/2026"')
    expected = '[[attendu]]\ndeclaration = "2026-03"\nconnu_le = "03/04/2026"\ncomptables = "0"\n'
    assert run(SMALL + late + expected).gaps == ()


def test_a_key_told_under_both_its_names_is_refused() -> None:
    assert run(SMALL.replace('\nle = "01/02/2026"', '\ndate = "01/02/2026"')).gaps == ()
    both = SMALL.replace('\nle = "01/02/2026"', '\nle = "01/02/2026"\ndate = "01/02/2026"')
    assert "clé inconnue « date »" in faults(both)


def test_an_expectation_about_an_unknown_declaration_is_refused() -> None:
    assert "« mai » n’existe pas" in faults(SMALL + '[[attendu]]\ndeclaration = "mai"\ncomptables = "1"\n')


def test_several_lots_ask_which_one() -> None:
    lots = '[[lot]]\nnumero = "1"\n[[lot]]\nnumero = "2"\ndebut = "01/01/2026"\nfin = "31/12/2026"\n'
    assert "il manque la clé « lot » : le fichier a plusieurs lots" in faults(SMALL + lots)


def test_dates_hours_and_months_are_written_as_people_write_them() -> None:
    text = SMALL.replace('"01/01/2026"', "2026-01-01").replace('du = "100"', "du = 100")
    people = PEOPLE.replace('"2026-03"', '"mars 2026"').replace('"110"', "110.0")
    expected = '[[attendu]]\ndeclaration = "2026-03"\ncomptables = "60,00"\n'
    assert run(text + people + expected).gaps == ()


def test_a_no_break_space_is_a_space() -> None:
    assert run(SMALL.replace("le = ", "le\u00a0= ")).gaps == ()


def test_a_question_about_the_past_sees_only_what_was_known() -> None:
    late = SMALL.replace('date = "01/01/2026"', 'date = "01/01/2026"\nconnu_le = "15/02/2026"')
    asked = late.replace('le = "01/02/2026"', 'le = "01/02/2026"\nconnu_le = "01/02/2026"')
    assert run(late).gaps == ()
    (gap,) = run(asked).gaps
    assert gap.obtained == "0,00\u202fh"


def test_a_region_that_we_do_not_know_is_told() -> None:
    far = read(SMALL + '[marche]\njours_feries = "atlantide"\n')
    outcome = run_case(far, territory_holidays)
    assert isinstance(outcome, Unread)
    assert "atlantide" in outcome.faults[0]


def test_days_of_holiday_may_be_told_one_by_one() -> None:
    # March 2026 with the 17th and the 18th off: 20 weekdays, of which 10 from the 16th: 110 × 10 ÷ 20 = 55 h.
    own = '[marche]\njours_feries = ["17/03/2026", "18/03/2026"]\n'
    expected = '[[attendu]]\ndeclaration = "2026-03"\ncomptables = "55"\n'
    assert run(SMALL + own + PEOPLE + expected).gaps == ()


@pytest.mark.parametrize("name", ["limite-01-correction-apres-validation", "limite-14-surplus-et-partage"])
@pytest.mark.parametrize("put", ['"x"', "-1", "[]", "{}", "true", '"01/01/2026"', '"inconnu"', None])
def test_no_line_however_wrong_stops_the_check(name: str, put: str | None) -> None:
    """Each line in turn is taken out, or given another value: the file is unreadable, or it runs."""
    lines = (FOLDER / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if " = " not in line:
            continue
        changed = [] if put is None else [f"{line.partition(' = ')[0]} = {put}"]
        case = read_case("\n".join([*lines[:number], *changed, *lines[number + 1 :]]), name)
        if isinstance(case, Case):
            assert isinstance(run_case(case, territory_holidays), Outcome | Unread)


def test_the_command_exits_0_when_all_is_as_expected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "b.toml").write_text(SMALL, encoding="utf-8")
    assert main(["clauses", "check", str(tmp_path / "a.toml"), str(tmp_path / "b.toml")]) == 0
    assert "2 cas conformes sur 2" in capsys.readouterr().out


def test_the_command_exits_1_and_prints_expected_obtained_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.toml"
    path.write_text(SMALL.replace('du = "100"', 'du = "99"'), encoding="utf-8")
    assert main(["clauses", "check", str(path)]) == 1
    out = capsys.readouterr().out
    assert "attendu  : 99,00\u202fh" in out
    assert "obtenu   : 100,00\u202fh" in out
    assert "pourquoi : Volume fixe" in out


@pytest.mark.parametrize("text", ["titre = ", "titre = 'x'"])
def test_the_command_exits_2_on_an_unreadable_file(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    assert main(["clauses", "check", str(tmp_path / "a.toml")]) == 2
    assert "a.toml : illisible" in capsys.readouterr().err


def test_the_command_exits_2_when_a_file_is_missing_and_still_runs_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.toml").write_text(SMALL, encoding="utf-8")
    assert main(["clauses", "check", str(tmp_path / "absent.toml"), str(tmp_path / "a.toml")]) == 2
    told = capsys.readouterr()
    assert "ce fichier n’existe pas" in told.err
    assert "1 cas conforme sur 2" in told.out


def test_a_file_in_another_alphabet_of_bytes_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.toml").write_bytes(SMALL.replace("Un cas", "Été").encode("latin-1"))
    assert main(["clauses", "check", str(tmp_path / "a.toml")]) == 2
    assert "UTF-8" in capsys.readouterr().err
