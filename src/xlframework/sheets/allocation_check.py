"""The live check cell of `Allocation`: what `allocate` would refuse, said while a person types."""

from collections.abc import Iterator, Sequence

from xlframework.model.formula import Indicator
from xlframework.sheets.allocation_formulas import SPARE, UNIT, column

ADDS_UP = "The awards add up to the pot."

# Weights are typed, so they miss one by binary noise only.
_WEIGHT_SPARE = "0.000000000001"
_PRODUCT = 'TRIM(Combine)="product"'
_WEIGHTS = "Indicators[Weight]"
_BASES = "Indicators[Basis]"
_AREAS = f"ROWS({column('Area code')})"
_PREVIOUS = "Areas[Previous award]"

# A condition that is wrong, and what is said then; both are formulas.
Check = tuple[str, str]


def split_check(indicators: Sequence[Indicator]) -> str:
    """Give the formula that names the first thing that is wrong, or says that all adds up.

    Args:
        indicators: those that the sheet is laid out for.
    """
    checks = (
        *_layout_checks(len(indicators)),
        *_setting_checks(),
        *_weight_checks(len(indicators)),
        *(check for each in indicators for check in _value_checks(each)),
        *_previous_checks(),
        *_reach_checks(),
    )
    missed = _said("The awards come to ", "Awarded", ", but ", "To_split", " is to be split.")
    formula = f'IF(ABS(Awarded-To_split)<0.005,"{ADDS_UP}",{missed})'
    for wrong, said in reversed(checks):
        formula = f"IF({wrong},{said},{formula})"
    return f'IFERROR({formula},"The awards cannot be worked out: refresh to see why.")'


def _text(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def _said(*parts: str) -> str:
    """Join words and, at every second place, the formulas of numbers."""
    return "&".join(part if number % 2 else _text(part) for number, part in enumerate(parts))


def _layout_checks(indicators: int) -> Iterator[Check]:
    stale = "has other rows than this sheet: refresh the workbook."
    yield f"COUNTA(Areas[Area code])<>{_AREAS}", _text(f"The table Areas {stale}")
    yield (
        f"COUNTA(Indicators[Indicator])<>{indicators}",
        _text(f"The table Indicators {stale}"),
    )


def _setting_checks() -> Iterator[Check]:
    texts = "+".join(
        f"ISTEXT({name})"
        for name in ("Unit", "Base_amount", "Top_slice", "Floor", "Ceiling", "Damping", "Phase")
    )
    yield "NOT(ISNUMBER(Pot))", _text("The pot is not a number.")
    yield f"{texts}>0", _text("A setting is text where a number is due.")
    negative = "MIN(Pot,N(Unit),N(Base_amount),N(Top_slice),N(Floor),N(Ceiling))<0"
    yield negative, _text("The pot or a setting is below nought.")
    yield (
        f"ABS(Pot/{UNIT}-ROUND(Pot/{UNIT},0))>{SPARE}",
        _text("The pot is not a whole number of units."),
    )
    yield (
        f"ABS(Kept/{UNIT}-ROUND(Kept/{UNIT},0))>{SPARE}",
        _text("What is kept centrally is not a whole number of units."),
    )
    yield "Kept>Pot", _text("More is kept centrally than the pot.")
    yield (
        f'AND(TRIM(Combine)<>"",TRIM(Combine)<>"sum",NOT({_PRODUCT}))',
        _text("Combine is neither sum nor product."),
    )
    yield "AND(ISNUMBER(Unit),N(Unit)=0)", _text("Awards cannot be rounded to nought.")
    yield (
        f"ABS(N(Unit)*100-ROUND(N(Unit)*100,0))>{SPARE}",
        _text("Awards are rounded to whole pence at the least."),
    )
    yield from _meaning_checks()
    bounds = "(COUNT(Floor,Ceiling)>0)"
    yield (
        f"{bounds}+ISNUMBER(Damping)+ISNUMBER(Phase)>1",
        _text("Only one of bounds, damping and phasing can be set."),
    )
    yield "N(Damping)<-1", _text("Damping below -100% makes no sense.")
    yield "OR(N(Phase)<0,N(Phase)>1)", _text("Phasing lies between 0% and 100%.")


def _meaning_checks() -> Iterator[Check]:
    known = {
        "Top_slice": ("pounds", "per cent"),
        "Floor": ("pounds", "per cent of previous"),
        "Ceiling": ("pounds", "per cent of previous"),
    }
    for name, meanings in known.items():
        meant = ",".join(f"TRIM({name}_is)={_text(meaning)}" for meaning in meanings)
        words = name.replace("_", "-").lower()
        yield (
            f"AND(ISNUMBER({name}),NOT(OR({meant})))",
            _text(f"Say what the {words} is in: {' or '.join(meanings)}."),
        )


def _weight_checks(indicators: int) -> Iterator[Check]:
    bases = "+".join(
        f"(TRIM({_BASES})={_text(basis)})" for basis in ("count", "rate", "index", "share", "")
    )
    yield (
        f"SUMPRODUCT({bases})<{indicators}",
        _text("A basis is none of count, rate, index, share."),
    )
    least = 0 if indicators == 1 else indicators
    yield f"COUNT({_WEIGHTS})<{least}", _text("A weight is missing or not a number.")
    yield f"MIN({_WEIGHTS})<0", _text("A weight is below nought.")
    yield (
        f"AND({_PRODUCT},SUMPRODUCT(--({_WEIGHTS}<>INT({_WEIGHTS})))>0)"
        if indicators > 1
        else f"AND({_PRODUCT},N(MAX({_WEIGHTS}))<>INT(N(MAX({_WEIGHTS}))))",
        _text("With product, weights are whole numbers."),
    )
    given = f"COUNT({_WEIGHTS})>0"
    yield (
        f"AND(NOT({_PRODUCT}),{given},ABS(SUM({_WEIGHTS})-1)>{_WEIGHT_SPARE})",
        _said("The weights add up to ", f"ROUND(SUM({_WEIGHTS}),9)", "; they must add up to 1."),
    )


def _value_checks(indicator: Indicator) -> Iterator[Check]:
    values, name = column(indicator.name, "Areas"), indicator.name
    yield f"COUNT({values})<{_AREAS}", _text(f"{name} is blank or no number in an area.")
    yield f"MIN({values})<0", _text(f"{name} is below nought in an area.")
    yield f"SUM({values})=0", _text(f"{name} is nought in every area.")


def _previous_checks() -> Iterator[Check]:
    bases = f'SUMPRODUCT((TRIM({_BASES})="rate")+(TRIM({_BASES})="index"))'
    yield (
        f"AND(NOT({_PRODUCT}),{bases}>0,COUNT(Areas[Population])<{_AREAS})",
        _text("The population of an area is missing, and a rate or an index needs it."),
    )
    asked = (
        'OR(ISNUMBER(Damping),ISNUMBER(Phase),AND(ISNUMBER(Floor),TRIM(Floor_is)<>"pounds"),'
        'AND(ISNUMBER(Ceiling),TRIM(Ceiling_is)<>"pounds"))'
    )
    yield (
        f"AND({asked},COUNT({_PREVIOUS})<{_AREAS})",
        _text("A previous award is missing, and a setting needs it."),
    )


def _reach_checks() -> Iterator[Check]:
    low, high = column("Low"), column("High")
    yield f"Rest<-{SPARE}", _text("The base amounts come to more than is to be split.")
    yield (
        f"AND(ISNUMBER(Phase),SUM({_PREVIOUS})=0)",
        _text("Every previous award is nought, so there is nothing to phase from."),
    )
    yield f"SUMPRODUCT(--({low}>{high}))>0", _text("A floor is above its ceiling.")
    yield (
        f"SUM({low})>To_split+{SPARE}",
        _said("The least awards come to ", f"SUM({low})", ", more than is to be split."),
    )
    yield (
        f"SUM({high})<To_split-{SPARE}",
        _said("The greatest awards come to ", f"SUM({high})", ", less than is to be split."),
    )
