"""Rule `return-several`: one return for each organisation, year and period."""

from datetime import date

from rules.returns.returned import (
    MONITORING,
    check,
    healthy,
    known,
    shape,
    with_cells,
)
from xlframework.rules.returns.batch import check_batch, groups, latest
from xlframework.rules.returns.checked import Checked

RULE = "return-several"


def batch(*files: tuple[str, bytes]) -> tuple[Checked, ...]:
    checked = [check(data, file=file) for file, data in files]
    return check_batch(checked, known().catalogue)


def later(day: int, form: str = "csp-plan-budget") -> bytes:
    return with_cells({"Declared_on": date(2024, 5, day)}, form)


def test_one_of_each_passes() -> None:
    other = with_cells({"Period": "Mid-year"}, MONITORING)
    files = [("a", healthy()), ("b", healthy(MONITORING)), ("c", other)]
    assert all(each.findings == () for each in batch(*files))


def test_several_of_one_are_found_on_each_and_name_the_others() -> None:
    checked = batch(("a.xlsx", later(2)), ("b.xlsx", later(1)), ("c.xlsx", healthy(MONITORING)))
    assert [[each.rule for each in one.findings] for one in checked] == [[RULE], [RULE], []]
    assert shape(checked[0].findings[0]) == ("info", None)
    assert checked[0].findings[0].message == (
        "there are 2 returns for this organisation, year and period, and this one, the latest, "
        "counts; the other is b.xlsx"
    )
    assert checked[1].findings[0].message.endswith("and a.xlsx, the latest, counts")
    assert {each.status for each in checked} == {"accepted"}


def test_the_one_declared_last_counts_whatever_it_is_called() -> None:
    (members,) = groups(batch(("z", later(1)), ("a", later(3)), ("m", later(2))))
    assert latest(members).file == "a"


def test_of_one_day_the_name_decides_and_no_day_is_the_earliest() -> None:
    undated = with_cells({"Declared_on": None})
    (members,) = groups(batch(("z", undated), ("a", later(1)), ("b", later(1))))
    assert latest(members).file == "b"


def test_a_partner_is_known_however_its_name_was_changed() -> None:
    renamed = with_cells({"Organisation": "Blaby DC"})
    (members,) = groups(batch(("a", healthy()), ("b", renamed)))
    assert len(members) == 2


def test_files_that_tell_nothing_are_in_no_group() -> None:
    nameless = with_cells({"Organisation": None, "Area": None, "Area_code": None})
    checked = [check(nameless, file=name, compared=False) for name in ("a", "b")]
    assert groups(checked) == ()
    assert groups(batch(("a", b"%PDF"), ("b", b"%PDF"))) == ()


def test_other_cells_make_no_other_return() -> None:
    other = with_cells({("Q1", 3): None, "Declared_by": "Somebody else"})
    (members,) = groups(batch(("a", healthy()), ("b", other)))
    assert len(members) == 2
