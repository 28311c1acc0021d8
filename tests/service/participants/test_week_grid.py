"""Windows typed in time fields, and what is refused, in French."""

from matching.week import Window
from service.forms import Form
from service.participants.week_grid import read_week, slots_shown, typed_week, with_monday_copied


def test_two_windows_a_day_are_read_in_order() -> None:
    form = Form({"dispo0_0_de": "13:30", "dispo0_0_a": "17:00", "dispo0_1_de": "8h", "dispo0_1_a": "12:15"})
    # 8 h = 480 min; 12 h 15 = 735; 13 h 30 = 810; 17 h = 1020.
    assert read_week(form, "dispo", "Disponibilité") == (
        Window(day=0, start=480, end=735),
        Window(day=0, start=810, end=1020),
    )
    assert form.faults == {}


def test_midnight_as_an_end_is_the_end_of_the_day() -> None:
    form = Form({"dispo5_0_de": "20:00", "dispo5_0_a": "00:00"})
    assert read_week(form, "dispo", "Disponibilité") == (Window(day=5, start=1200, end=1440),)


def test_every_fault_of_the_week_is_told_at_once_on_its_own_field() -> None:
    form = Form(
        {
            "dispo0_0_de": "8:00",
            "dispo1_0_de": "17:00",
            "dispo1_0_a": "8:00",
            "dispo2_0_de": "huit",
            "dispo2_0_a": "12:00",
            "dispo3_0_de": "8:00",
            "dispo3_0_a": "12:00",
            "dispo3_1_de": "11:00",
            "dispo3_1_a": "14:00",
        }
    )
    assert read_week(form, "dispo", "Disponibilité") == (
        Window(day=3, start=480, end=720),
        Window(day=3, start=660, end=840),
    )
    assert set(form.faults) == {"dispo0_0_a", "dispo1_0_a", "dispo2_0_de", "dispo3_0_de"}
    assert "mardi" in form.faults["dispo1_0_a"]
    assert "se chevauchent" in form.faults["dispo3_0_de"]


def test_a_stored_week_is_typed_again_as_it_was() -> None:
    windows = (Window(day=0, start=480, end=735), Window(day=6, start=0, end=1440))
    assert read_week(Form.of(typed_week("x", windows)), "x", "Semaine") == windows


def test_monday_is_copied_to_friday_and_not_to_the_weekend() -> None:
    form = with_monday_copied(Form({"x0_0_de": "08:00", "x0_0_a": "16:00", "x5_0_de": "09:00"}), "x")
    assert [form.raw(f"x{day}_0_de") for day in range(7)] == ["08:00"] * 5 + ["09:00", ""]


def test_more_windows_than_offered_are_all_drawn() -> None:
    assert slots_shown(Form({"x2_4_de": "08:00"}), "x", 3) == 5
    assert slots_shown(Form(), "x", 3) == 3
