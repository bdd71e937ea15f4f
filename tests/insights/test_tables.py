"""A table: what names each row, its numbers, and nobody's words as anything but words."""

from apps.insights.tables import Heading, Table


def test_table_is_numeric_but_for_what_names_its_rows_and_all_text_is_escaped():
    rows = [("<b>Kindness</b>", 2, "<3"), (Heading("Home & away", "/?value=1&time=year", "A"), 0, 1)]
    drawn = Table("Q & A", ("When", "A & B", "C"), rows, words=True).html
    assert ">Q &amp; A</caption>" in drawn
    assert '<th class="nhsuk-table__header" scope="col">When</th>' in drawn
    assert '<th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">A &amp; B</th>' in drawn
    assert drawn.count("<tr ") == 2
    assert drawn.count('scope="row"') == drawn.count("app-words") == 2
    assert drawn.count("nhsuk-table__cell--numeric") == 4
    assert "&lt;b&gt;Kindness" in drawn
    assert "&lt;3</td>" in drawn
    assert 'scope="row">A. <a href="/?value=1&amp;time=year">Home &amp; away</a></th>' in drawn


def test_table_holds_markup_as_text_wherever_it_is_put():
    mark = '<i title="x">'
    rows = [(Heading(mark, mark, mark), mark), (mark, mark)]
    drawn = Table(mark, (mark, mark), rows).html
    assert "<i" not in drawn
    assert drawn.count("&lt;i title=&quot;x&quot;&gt;") == 9


def test_table_of_words_is_not_numeric_and_one_behind_its_plot_hides_its_caption():
    drawn = Table("Strain", ("When", "Before"), [("June", "3 (twice)")], numeric=False, is_behind=True).html
    assert "numeric" not in drawn
    assert "app-words" not in drawn
    assert '<caption class="nhsuk-table__caption nhsuk-u-visually-hidden">Strain</caption>' in drawn
    assert '<td class="nhsuk-table__cell">3 (twice)</td></tr>' in drawn
