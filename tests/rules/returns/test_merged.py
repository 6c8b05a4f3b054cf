"""Rule `return-merged`: no cells of the form are merged."""

from openpyxl.workbook import Workbook

from rules.returns.returned import at_rule, edited, figures, healthy, only, shape

RULE = "return-merged"


def with_merged(*areas: str) -> bytes:
    def change(book: Workbook) -> None:
        for area in areas:
            book["Return"].merge_cells(area)

    return edited(change)


def test_a_form_passes_with_its_merged_guidance() -> None:
    assert at_rule(RULE, healthy()) == ()


def test_merged_rows_of_the_table_are_found() -> None:
    (finding,) = only(RULE, with_merged("A20:B21"))
    assert shape(finding) == ("warning", "A20:B21")
    assert figures(finding) == (None, "A20:B21", None)


def test_several_places_are_one_finding() -> None:
    (finding,) = only(RULE, with_merged("A20:B21", "E30:F30"))
    assert shape(finding) == ("warning", "A20:B21,E30:F30")


def test_what_the_merging_swallowed_is_found_besides() -> None:
    found = at_rule("return-required-blank", with_merged("A13:A14"))
    assert [each.place.cell for each in found] == ["A14"]


def test_a_named_cell_is_part_of_the_form() -> None:
    (finding,) = only(RULE, with_merged("B9:C9"))
    assert shape(finding) == ("warning", "B9:C9")


def test_merged_cells_elsewhere_do_not_matter() -> None:
    assert only(RULE, with_merged("A60:C60", "M2:N4")) == ()
