"""The examples of docs/layouts.md are layouts that can be read, and composed in our workbook."""

import re
import tomllib
from pathlib import Path

import pytest

from builders import ROOT, catalogue, snapshot, workbook_spec
from xlframework.appendix.read_layout import read_layout
from xlframework.commands.tables import compose_all
from xlframework.rules.subtotals import with_missing_sections
from xlframework.sheets.read_budget import read_budget

PAGE = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")
EXAMPLES = {
    str(tomllib.loads(text)["name"]): text
    for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
}


def test_there_is_an_example_of_every_source_of_rows() -> None:
    rows = {tomllib.loads(text).get("rows", "lines") for text in EXAMPLES.values()}
    assert rows == {"lines", "years", "sections", "areas", "forward plan"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_can_be_read_and_composed(name: str, tmp_path: Path) -> None:
    (tmp_path / "appendix").mkdir()
    (tmp_path / "appendix" / f"{name}.toml").write_text(EXAMPLES[name], encoding="utf-8")
    layout = read_layout(name, tmp_path)
    assert layout is not None
    full = with_missing_sections(read_budget(snapshot(), workbook_spec()))
    made = compose_all(snapshot(), full, (layout,), catalogue(), {"E06000016": 100})
    assert len(made.tables) == 1
    # The committed workbook has no forward plan; every other example finds something to print.
    found = {finding.rule for finding in made.findings}
    assert found == ({"layout-empty"} if layout.rows == "forward plan" else set())
