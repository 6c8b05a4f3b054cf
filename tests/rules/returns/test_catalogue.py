"""Every rule about returns is declared, run or used, and tested in a module of its own."""

from pathlib import Path

import pytest

from builders import catalogue
from xlframework.rules.returns.checks import CHECKS
from xlframework.rules.returns.refused import RULES as REFUSALS

DECLARED = {name: rule for name, rule in catalogue().rule.items() if name.startswith("return-")}


def test_every_rule_is_run_once() -> None:
    names = [check.rule for check in CHECKS]
    assert len(names) == len(set(names))
    assert {*names, *REFUSALS.values(), "return-several"} == set(DECLARED)


@pytest.mark.parametrize("rule", DECLARED)
def test_every_rule_has_its_level_and_its_own_test_module(rule: str) -> None:
    assert DECLARED[rule].level is not None
    module = rule.removeprefix("return-").replace("-", "_")
    assert (Path(__file__).parent / f"test_{module}.py").is_file()


def test_every_rule_is_a_function_of_its_own_that_names_it() -> None:
    functions = [check.function for check in CHECKS]
    assert len(set(functions)) == len(functions)
    for check in CHECKS:
        assert f"Rule `{check.rule}`" in (check.function.__doc__ or "")


@pytest.mark.parametrize("rule", DECLARED)
def test_every_rule_has_its_authority(rule: str) -> None:
    assert DECLARED[rule].authority
