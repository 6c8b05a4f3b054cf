"""`allocate` from two text files and from a workbook: the same numbers, and the same errors."""

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from builders import ROOT, patched, snapshot, table_cell
from cli.terminal import Ran, assert_refused, run
from xlframework.commands.allocate import allocate
from xlframework.ground.place import cell_name
from xlframework.sheets.package.container import package_bytes
from xlframework.sheets.package.records import Cell, ErrorValue, Value

AREAS = ROOT / "workbook" / "areas"
FORMULAS = ROOT / "templates" / "allocation"
NINE, OURS = AREAS / "leicestershire.csv", FORMULAS / "2024-25-illustration.toml"

Capture = pytest.CaptureFixture[str]


def files(folder: Path, areas: str, formula: str) -> tuple[str | Path, ...]:
    (folder / "areas.csv").write_text(areas, encoding="utf-8")
    (folder / "split.toml").write_text(formula, encoding="utf-8")
    return ("allocate", "--areas", folder / "areas.csv", "--formula", folder / "split.toml")


def named(name: str) -> str:
    found = snapshot().names[name]
    return cell_name(found.row, found.column)


def workbook(
    folder: Path,
    settings: Mapping[str, Value | Cell] | None = None,
    cells: Mapping[str, Mapping[str, Value | Cell]] | None = None,
) -> Path:
    """Give the committed workbook with named cells of Formula and other cells changed."""
    changes = {sheet: dict(values) for sheet, values in (cells or {}).items()}
    changes.setdefault("Formula", {}).update(
        {named(name): value for name, value in (settings or {}).items()}
    )
    path = folder / "budget.xlsx"
    path.write_bytes(package_bytes(patched(changes)))
    return path


def formula_cell(header: str, number: int) -> str:
    return table_cell("Indicators", header, number)


def area_cell(header: str, number: int) -> str:
    return table_cell("Areas", header, number)


def figures(ran: Ran) -> dict[str, Any]:
    assert (ran.code, ran.err) == (0, "")
    return {key: ran.json[key] for key in ("pot", "unit", "top_slice", "total", "areas")}


# --- what was published ------------------------------------------------------------------


def test_the_shares_of_2016_17_give_the_printed_table(capsys: Capture) -> None:
    ran = run(
        capsys,
        "allocate",
        "--areas",
        AREAS / "leicestershire-2016-17.csv",
        "--formula",
        FORMULAS / "2016-17-plf.toml",
        "--json",
    )
    printed = ROOT / "tests" / "published" / "tables" / "2016-17_table1_plf.csv"
    # As printed: the city by its longer name, and Oadby misspelt.
    spelling = {"Leicester": "Leicester City", "Oadby and Wigston": "Oakby and Wigston"}
    found = {spelling.get(each["area"], each["area"]): each["award"] for each in ran.json["areas"]}
    with printed.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    lines = {row["CSP"]: f"{row['2016/17']}.00" for row in rows if row["row_kind"] == "line"}
    assert found == lines
    assert [ran.json["total"]] == [
        f"{row['2016/17']}.00" for row in rows if row["row_kind"] == "grand_total"
    ]


def test_the_previous_awards_of_2024_25_are_one_pound_above_the_stated_pot(
    capsys: Capture,
) -> None:
    ran = run(capsys, "allocate", "--areas", NINE, "--formula", OURS, "--json")
    previous = sum(Decimal(each["previous"]) for each in ran.json["areas"])
    assert (ran.json["total"], previous) == ("639675.00", Decimal(639676))
    assert sum(Decimal(each["change"]) for each in ran.json["areas"]) == -1


# --- the two ways in ---------------------------------------------------------------------


def test_json_has_what_the_contract_says(capsys: Capture, tmp_path: Path) -> None:
    areas = "Area code,Area,Crime,Population,Previous award\nB,Elm,2,10,50\nA,Ash,1,5,60\n"
    formula = 'pot = "110"\ntop_slice = "10"\n[[indicator]]\nname = "Crime"\n'
    ran = run(capsys, *files(tmp_path, areas, formula), "--json")
    assert ran.code == 0
    found = ran.json
    first, second = found.pop("areas")
    assert found == {
        "command": "allocate",
        "findings": [],
        "pot": "110.00",
        "unit": "1.00",
        "top_slice": "10.00",
        "total": "100.00",
    }
    assert first == {
        "code": "A",
        "area": "Ash",
        "shares": {"Crime": "0.333333333333"},
        "share": "0.333333333333",
        "need": "33.33",
        "bound": "none",
        "exact": "33.33",
        "award": "33.00",
        "previous": "60.00",
        "change": "-27.00",
        "change_percent": "-45.00",
        "remainder": "0.333333333333",
        "rank": 2,
        "per_head": "6.60",
    }
    assert (second["award"], second["change_percent"]) == ("67.00", "34.00")


SAME: list[tuple[str, dict[str, Value | Cell]]] = [
    ("", {}),
    ('top_slice = "20%"', {"Top_slice": Decimal(20), "Top_slice_is": "per cent"}),
    ('top_slice = "1000"', {"Top_slice": Decimal(1000), "Top_slice_is": "pounds"}),
    ('base_amount = "12345.67"', {"Base_amount": Decimal("12345.67")}),
    ('floor = "95% of previous"', {"Floor": Decimal(95), "Floor_is": "per cent of previous"}),
    (
        'floor = "20000"\nceiling = "250000"',
        {
            "Floor": Decimal(20000),
            "Floor_is": "pounds",
            "Ceiling": Decimal(250000),
            "Ceiling_is": "pounds",
        },
    ),
    ('damping = "-2%"', {"Damping": Decimal("-0.02")}),
    ('phase = "25%"', {"Phase": Decimal("0.25")}),
]


@pytest.mark.parametrize(("key", "settings"), SAME, ids=[key or "as set" for key, _ in SAME])
def test_a_workbook_and_the_files_give_the_same_numbers(
    capsys: Capture, tmp_path: Path, key: str, settings: Mapping[str, Value | Cell]
) -> None:
    kept = [
        line
        for line in OURS.read_text(encoding="utf-8").splitlines()
        if not (key and any(line.startswith(f"{each.split()[0]} =") for each in key.split("\n")))
    ]
    formula = "\n".join([key, *kept])
    text = run(capsys, *files(tmp_path, NINE.read_text(encoding="utf-8"), formula), "--json")
    sheet = run(capsys, "allocate", workbook(tmp_path, settings), "--json")
    assert figures(sheet) == figures(text)


def test_a_weight_that_is_a_formula_is_that_fraction(capsys: Capture, tmp_path: Path) -> None:
    third = Cell(Decimal("0.333333333333333"), "1/3")
    cells = {"Formula": {formula_cell("Weight", number): third for number in range(3)}}
    ran = run(capsys, "allocate", workbook(tmp_path, cells=cells), "--json")
    formula = OURS.read_text(encoding="utf-8")
    for weight in ("0.40", "0.30"):
        formula = formula.replace(f'weight = "{weight}"', 'weight = "1/3"')
    text = run(capsys, *files(tmp_path, NINE.read_text(encoding="utf-8"), formula), "--json")
    assert figures(ran) == figures(text)


def test_another_pot_can_be_tried(capsys: Capture, tmp_path: Path) -> None:
    text = run(
        capsys, "allocate", "--areas", NINE, "--formula", OURS, "--pot", "£700,000", "--json"
    )
    assert (text.json["pot"], text.json["total"]) == ("700000.00", "700000.00")
    blank = workbook(tmp_path, {"Pot": None})
    sheet = run(capsys, "allocate", blank, "--pot", "700000", "--json")
    assert figures(sheet) == figures(text)


def test_bundled_files_are_found_by_name(capsys: Capture) -> None:
    words = ("--areas", "leicestershire", "--formula", "2024-25-illustration", "--json")
    by_name = run(capsys, "allocate", *words)
    by_path = run(capsys, "allocate", "--areas", NINE, "--formula", OURS, "--json")
    assert figures(by_name) == figures(by_path)


def test_the_text_explains_the_split(capsys: Capture) -> None:
    ran = run(capsys, "allocate", "--areas", NINE, "--formula", OURS)
    assert ran.code == 0
    assert "£639,675 is split between 9 areas in units of £1." in ran.out
    assert "40% Population (by count)" in ran.out
    assert "The awards add up to £639,675, to the penny." in ran.out
    assert "Melton loses most,\n£4,535." in ran.out
    assert "The previous awards add up to £639,676, so the changes add up to -£1." in ran.out


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ('top_slice = "20%"', "Of £1,000, £200 is kept centrally."),
        ('base_amount = "5"', "Every area has £5 first."),
        ('floor = "300"', "A floor of £300 holds Ash."),
        ('ceiling = "900% of previous"', "A ceiling of 900% of the previous award holds no area."),
        ('damping = "0%"', "falls below its previous one at all; gains above that are paid at"),
        ('damping = "-5%"', "falls below its previous one less 5%; gains"),
        ('phase = "12.5%"', "Awards go 12.5% of the way from the previous split"),
        ('combine = "product"', "Need is Crime."),
        ('unit = "1000"', "Rounding is by largest remainder: 1 area rounded up"),
    ],
)
def test_the_text_tells_of_every_stage(
    capsys: Capture, tmp_path: Path, key: str, said: str
) -> None:
    areas = "Area code,Area,Crime,Previous award\nA,Ash,1,300\nB,Elm,3,300\n"
    formula = f'pot = "1000"\n{key}\n[[indicator]]\nname = "Crime"\n'
    ran = run(capsys, *files(tmp_path, areas, formula))
    assert ran.code == 0, ran.err
    assert said in " ".join(ran.out.split())


def test_without_previous_awards_nothing_is_compared(capsys: Capture, tmp_path: Path) -> None:
    areas, formula = "Area code,Area,Crime\nA,Ash,1\n", 'pot = "1"\n[[indicator]]\nname="Crime"\n'
    ran = run(capsys, *files(tmp_path, areas, formula))
    assert "Previous" not in ran.out
    (area,) = run(capsys, *files(tmp_path, areas, formula), "--json").json["areas"]
    assert (area["previous"], area["change"], area["change_percent"]) == (None, None, None)


def test_a_share_of_rates_is_a_warning_and_no_error(capsys: Capture, tmp_path: Path) -> None:
    areas = "Area code,Area,Crime rate\nA,Ash,1\nB,Elm,3\n"
    formula = 'pot = "8"\n[[indicator]]\nname = "Crime rate"\nper_head = true\n'
    ran = run(capsys, *files(tmp_path, areas, formula), "--json")
    assert (ran.code, ran.rules()) == (0, {"allocation-rate-as-count"})
    assert "WARNING" in run(capsys, *files(tmp_path, areas, formula)).out


# --- scenarios ---------------------------------------------------------------------------


def test_scenarios_are_told_in_json_and_in_words(capsys: Capture) -> None:
    words = ("allocate", "--areas", NINE, "--formula", OURS, "--scenarios")
    found = run(capsys, *words, "--json").json["scenarios"]
    assert len(found) == 16
    assert found[0]["name"] == "As set"
    assert found[0]["largest_loss"] == {"code": "E07000133", "change": "-4535.00"}
    assert (len(found[0]["winners"]), len(found[0]["losers"])) == (3, 6)
    assert found[1]["weights"] == {"Population": "0.5", "Crime": "0.25", "Crime harm (low)": "0.25"}
    for each in found:
        assert sum(Decimal(area["award"]) for area in each["areas"]) == Decimal("639675.00")
    text = run(capsys, *words).out
    assert "(14) Harm, high assumption" in text
    assert max(map(len, text.splitlines())) <= 132


def test_a_workbook_has_scenarios_too(capsys: Capture, tmp_path: Path) -> None:
    found = run(capsys, "allocate", workbook(tmp_path), "--scenarios", "--json").json["scenarios"]
    assert "Harm, high assumption" in [each["name"] for each in found]


def test_an_impossible_scenario_says_why(capsys: Capture, tmp_path: Path) -> None:
    areas = "Area code,Area,Crime,Harm\nA,Ash,0,1\nB,Elm,1,1\n"
    formula = (
        'pot = "100"\nceiling = "60"\n[[indicator]]\nname = "Crime"\nweight = 0.5\n'
        '[[indicator]]\nname = "Harm"\nweight = 0.5\n'
    )
    ran = run(capsys, *files(tmp_path, areas, formula), "--scenarios")
    assert ran.code == 0
    assert "Crime only: " in ran.out
    assert "the ceilings come to £60" in ran.out


# --- what cannot be split, from a workbook -----------------------------------------------


def refused_setting(name: str, value: Value | Cell, said: str) -> tuple[str, Value | Cell, str]:
    return name, value, said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        refused_setting("Pot", None, "the pot is blank"),
        refused_setting("Pot", "lots", "'lots' is not an amount"),
        refused_setting("Pot", Decimal("0.001"), "is not an amount in pounds and pence"),
        refused_setting("Pot", Decimal("10.50"), "is not a whole number of units"),
        refused_setting("Combine", "mean", "'mean' is none of sum, product"),
        refused_setting("Top_slice", "some", "'some' is not a number"),
        refused_setting("Phase", Decimal(25), "phasing lies between 0% and 100%"),
        refused_setting("Damping", ErrorValue("#REF!"), "'#REF!' is not a number"),
        refused_setting("Base_amount", Decimal(10**6), "9 base amounts of £1,000,000 come to"),
    ],
)
def test_a_fault_in_a_named_cell_names_it(
    capsys: Capture, tmp_path: Path, name: str, value: Value | Cell, said: str
) -> None:
    path = workbook(tmp_path, {name: value})
    place = f"{path}, sheet Formula, cell {named(name)}: "
    assert_refused(run(capsys, "allocate", path, "--json"), place, said)


def test_a_number_without_its_meaning_names_the_cell(capsys: Capture, tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Floor": Decimal(95), "Floor_is": None})
    place = f"sheet Formula, cell {named('Floor_is')}: "
    assert_refused(run(capsys, "allocate", path), place, "choose pounds or per cent of previous")


def test_two_ways_of_softening_name_both_cells(capsys: Capture, tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Damping": Decimal(0), "Phase": Decimal("0.5")})
    assert_refused(run(capsys, "allocate", path), named("Damping"), named("Phase"))


@pytest.mark.parametrize(
    ("header", "value", "said"),
    [
        ("Weight", Decimal("0.5"), "the weights add up to 1.1, which is 0.1 more than 1"),
        ("Weight", "a third", "the weight 'a third' is not a number"),
        ("Weight", None, "Population has no weight"),
        ("Basis", "mean", "'mean' is none of count, rate, index, share"),
        ("Indicator", "Arson", "the table of areas has no column 'Arson'"),
    ],
)
def test_a_fault_in_an_indicator_is_named(
    capsys: Capture, tmp_path: Path, header: str, value: Value, said: str
) -> None:
    path = workbook(tmp_path, cells={"Formula": {formula_cell(header, 0): value}})
    ran = run(capsys, "allocate", path)
    assert_refused(ran, said)
    assert "sheet Formula, cell " in ran.err or "sheet Areas" in ran.err


@pytest.mark.parametrize(
    ("header", "value", "said"),
    [
        ("Area code", "E06000016", "the area code E06000016 stands twice"),
        ("Area code", None, "has no code"),
        ("Area", "Melton", "the code E06000017 is that of Rutland, but stands beside Melton"),
        ("Crime", "n/a", "Crime of Rutland is 'n/a', which is not a number"),
        ("Crime", Decimal(-5), "Crime of Rutland is negative"),
        ("Crime", None, "Crime of Rutland is blank"),
        ("Previous award", "TBC", "Previous award of Rutland is 'TBC'"),
        ("Population", Decimal(-1), "Population of Rutland is negative"),
    ],
)
def test_a_fault_in_an_area_names_the_cell(
    capsys: Capture, tmp_path: Path, header: str, value: Value, said: str
) -> None:
    address = area_cell(header, 1)
    path = workbook(tmp_path, cells={"Areas": {address: value}})
    place = area_cell("Area code", 1) if "stands beside" in said else address
    assert_refused(run(capsys, "allocate", path), f"sheet Areas, cell {place}: ", said)


def test_a_lines_area_that_is_not_in_areas_names_the_cell(capsys: Capture, tmp_path: Path) -> None:
    cell = table_cell("Lines", "Area code", 1)
    path = workbook(tmp_path, cells={"Lines": {cell: "E06000099"}})
    ran = run(capsys, "allocate", path)
    assert_refused(ran, f"sheet Lines, cell {cell}: the area code E06000099")


def test_a_workbook_without_its_tables_is_a_finding(capsys: Capture, tmp_path: Path) -> None:
    header = cell_name(snapshot().tables["Areas"].table.area.first_row, 1)
    path = workbook(tmp_path, cells={"Areas": {header: "Code"}})
    ran = run(capsys, "allocate", path, "--json")
    assert ran.code == 1
    assert "column-missing" in ran.rules()


# --- misuse ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Give a workbook, or both --areas CSV and --formula TOML"),
        (("--areas", NINE), "both --areas CSV and --formula TOML"),
        (("--formula", OURS), "both --areas CSV and --formula TOML"),
        (("book.xlsx", "--areas", NINE, "--formula", OURS), "but not both"),
        (("--areas", "no.csv", "--formula", OURS), "no file of areas 'no.csv'"),
        (("--areas", NINE, "--formula", "no.toml"), "no formula file 'no.toml'"),
        (("--areas", NINE, "--formula", OURS, "--pot", "x"), "--pot: 'x' is not an amount"),
        (("--areas", NINE, "--formula", OURS, "--pot", ""), "--pot: there is no amount"),
        (("--areas", NINE, "--formula", OURS, "--pot", "0.50"), "--pot: the pot of £0.50 is not"),
    ],
)
def test_misuse_is_one_clear_line(
    capsys: Capture, words: tuple[str | Path, ...], said: str
) -> None:
    assert_refused(run(capsys, "allocate", *words, "--json"), said)


def test_a_name_of_nothing_is_answered_with_the_names_there_are(capsys: Capture) -> None:
    areas = run(capsys, "allocate", "--areas", "nope", "--formula", OURS)
    assert_refused(areas, "no file of areas 'nope'", "leicestershire, leicestershire-2016-17")
    assert not any(name in areas.err for name in ("harm_weights", "codes_and_names"))
    formula = run(capsys, "allocate", "--areas", NINE, "--formula", "nope")
    assert_refused(formula, "no formula file 'nope'", "2016-17-plf, 2024-25-illustration")


def test_faults_in_the_files_name_line_and_key(capsys: Capture, tmp_path: Path) -> None:
    areas = "Area code,Area,Crime\nA,Ash,1\nA,Elm,2\n"
    formula = 'pot = "1"\n[[indicator]]\nname = "Crime"\nweight = "0.9"\n'
    weights = run(capsys, *files(tmp_path, areas, formula))
    assert_refused(weights, "split.toml, key indicator 1.weight: the weights add up to 0.9, which")
    twice = run(capsys, *files(tmp_path, areas, formula.replace("0.9", "1")))
    assert_refused(twice, "areas.csv, line 3: the area code A stands twice", "line 2")


def test_the_command_is_a_function_too() -> None:
    outcome = allocate(areas=NINE, formula=OURS)
    assert outcome.data["total"] == "639675.00"
    assert outcome.exit_code == 0


# --- the example of docs/allocation.md ---------------------------------------------------


def test_the_worked_example_is_what_is_computed(capsys: Capture) -> None:
    said = (ROOT / "docs" / "allocation.md").read_text(encoding="utf-8")
    for each in figures(run(capsys, "allocate", "--areas", NINE, "--formula", OURS, "--json"))[
        "areas"
    ]:
        share, exact = Decimal(each["share"]) * 100, Decimal(each["exact"])
        change = Decimal(each["change"])
        row = (
            f"| {each['area']} | {share:.4f}% | {exact:,.2f} | {Decimal(each['remainder']):.4f} "
            f"| {each['rank']} | {Decimal(each['award']):,.0f} "
            f"| {Decimal(each['previous']):,.0f} | {change:+,.0f} |"
        )
        assert row in said


@pytest.mark.parametrize(
    ("key", "held", "charnwood"),
    [
        ('floor = "95% of previous"', 4, "95312.00"),
        ('damping = "-5%"', 3, "94524.00"),
        ('phase = "25%"', 0, "91298.00"),
    ],
)
def test_the_other_examples_too(
    capsys: Capture, tmp_path: Path, key: str, held: int, charnwood: str
) -> None:
    name = key.split(maxsplit=1)[0]
    lines = OURS.read_text(encoding="utf-8").splitlines()
    formula = "\n".join([key, *(line for line in lines if not line.startswith(f"{name} ="))])
    ran = run(capsys, *files(tmp_path, NINE.read_text(encoding="utf-8"), formula), "--json")
    areas = ran.json["areas"]
    assert sum(each["bound"] == "floor" for each in areas) == held
    assert next(each["award"] for each in areas if each["area"] == "Charnwood") == charnwood


def test_damping_of_nought_is_refused_by_one_pound(capsys: Capture, tmp_path: Path) -> None:
    formula = OURS.read_text(encoding="utf-8").replace('damping = "" ', 'damping = "0%" ')
    ran = run(capsys, *files(tmp_path, NINE.read_text(encoding="utf-8"), formula))
    assert_refused(
        ran, "key damping: the protected amounts come to £639,676, more than the £639,675"
    )
