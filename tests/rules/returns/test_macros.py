"""Rule `return-macros`: the file holds no macros."""

import pytest

from rules.returns.returned import at_rule, healthy, only, shape, with_cells, with_parts

RULE = "return-macros"


def test_a_form_passes() -> None:
    assert at_rule(RULE, healthy()) == ()


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_are_found_and_never_run(part: str) -> None:
    (finding,) = only(RULE, with_parts({part: b"Sub Auto_Open()"}))
    assert shape(finding) == ("error", None)
    assert "they were not run" in finding.message


def test_words_about_macros_are_none() -> None:
    assert at_rule(RULE, with_cells({("Activity", 1): "vbaProject.bin", ("Q1", 3): None})) == ()
