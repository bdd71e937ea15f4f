"""The values compass, from the offer on Home to how it moved; and without it."""

from tests.journeys.person import Person

FIRST, AGAIN = {"Compassion": 3, "Balance": 8}, {"Compassion": 6, "Balance": 8}


def place(person: Person, closeness: dict[str, int]) -> None:
    """Place each value, and come to the compass."""
    person.sees("Place your values")
    for value, number in closeness.items():
        person.rates(value, number)
    person.presses("Place your values")
    person.sees("Your values compass")
    person.reads("Your values are placed.")


def test_amina_places_her_values_twice_and_sees_how_they_moved(amina):
    amina.opens("/", "Home")
    amina.presses("Choose your values")
    amina.sees("Choose your values")
    amina.ticks("Compassion", "Balance", to="Which values matter most to you?")
    amina.writes("Add values of your own", "Herons at the weir")
    amina.presses("Save and continue")
    place(amina, FIRST)
    amina.reads("A. Herons at the weir", "Not placed yet", "B. Compassion")
    amina.presses("Place your values")
    place(amina, AGAIN)
    amina.reads("The lowest was 3, the highest 6.", "Each time at 8.", "no line is drawn through them")
    amina.opens("/", "Home")
    amina.does_not_read("Place your values")


def test_amina_chooses_too_many_then_nothing_and_is_told_what_to_do(amina):
    amina.opens("/values/choose/", "Choose your values")
    question = "Which values matter most to you?"
    amina.ticks("Compassion", "Balance", "Health", "Courage", "Honesty", "Safety", to=question)
    amina.presses("Save and continue")
    amina.is_told_of_problems("Choose up to 5 values. You have 6, so take some away")
    amina.unticks("Compassion", "Balance", "Health", "Courage", "Honesty", to=question)
    amina.takes_a_moment()
    amina.presses("Save and continue")
    amina.sees("Place your values")
    amina.presses("Place your values")
    amina.is_told_of_problems("Select a number for at least one value")


def test_amina_does_without_a_compass_and_is_not_asked_again(amina):
    amina.opens("/", "Home")
    amina.presses("Do not ask again")
    amina.reads("You will not be asked again.")
    amina.opens("/", "Home")
    amina.does_not_read("Place your values")
