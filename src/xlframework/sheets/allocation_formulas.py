"""The live formulas of `Allocation`: the whole split, as an auditor can follow it cell by cell.

The recipe is that of docs/allocation.md, in pounds. What a formula compares after adding
up in binary it compares with a millionth of a pound to spare.
"""

import re
from collections.abc import Sequence

from xlframework.model.formula import Indicator

TABLE = "Allocation"

# No award comes near it, and no column is too narrow to show it.
NO_CEILING = "2*To_split"

SPARE = "0.000001"
_NO_VALUE = '"n/a"'
UNIT = "IF(N(Unit)=0,1,Unit)"
_BASE = "N(Base_amount)"
_SPECIAL = re.compile(r"(['\[\]#])")
_WILDCARD = re.compile(r"([*?~])")


def this(header: str) -> str:
    """Refer to the cell of this row under a header."""
    return f"{TABLE}[[#This Row],[{escaped(header)}]]"


def column(header: str, table: str = TABLE) -> str:
    """Refer to a whole column."""
    return f"{table}[{escaped(header)}]"


def escaped(header: str) -> str:
    """Write a header inside a reference: Excel wants an apostrophe before ' [ ] and #."""
    return _SPECIAL.sub(r"'\1", header)


def share_header(indicator: str) -> str:
    """Give the header of an indicator's share column."""
    return f"Share of {indicator}"


def looked_up(header: str, name: str) -> str:
    """Look a setting of an indicator up by the indicator's name, wherever its row stands."""
    return f'INDEX(Indicators[{header}],MATCH("{literal(name)}",Indicators[Indicator],0))'


def literal(text: str) -> str:
    """Write a text between the quotes of a formula that searches, its wildcards taken literally."""
    return _WILDCARD.sub(r"~\1", text).replace('"', '""')


def _of_area(header: str) -> str:
    return f"INDEX({column(header, 'Areas')},{this('Row')})"


def row() -> str:
    """Find the area's row in `Areas` by its code."""
    return f"MATCH({this('Area code')},Areas[Area code],0)"


def area_name() -> str:
    """Give the area's name."""
    return _of_area("Area")


def share(indicator: Indicator) -> str:
    """Give an area's share of one indicator, by the indicator's basis."""
    values = column(indicator.name, "Areas")
    own = _of_area(indicator.name)
    plain = f"{own}/SUM({values})"
    basis = f"TRIM({looked_up('Basis', indicator.name)})"
    people = f"{own}*{_of_area('Population')}/SUMPRODUCT({values},Areas[Population])"
    is_rate = f'AND(TRIM(Combine)<>"product",OR({basis}="rate",{basis}="index"))'
    return f"IF({is_rate},{people},{plain})"


def _weight(indicator: Indicator, *, alone: bool) -> str:
    weight = looked_up("Weight", indicator.name)
    # The only indicator needs no weight: it has all of it.
    return f'IF({weight}="",1,{weight})' if alone else f"N({weight})"


def product(indicators: Sequence[Indicator]) -> str:
    """Multiply an area's indicators, each raised to its weight, where the formula says so."""
    factors = "*".join(_power(each, alone=len(indicators) == 1) for each in indicators)
    return f'IF(TRIM(Combine)="product",{factors},{_NO_VALUE})'


def _power(indicator: Indicator, *, alone: bool) -> str:
    weight = _weight(indicator, alone=alone)
    return f"IF({weight}=0,1,{_of_area(indicator.name)}^{weight})"


def weighted_share(indicators: Sequence[Indicator]) -> str:
    """Weigh an area's shares together, or share out by the product of its indicators."""
    alone = len(indicators) == 1
    added = "+".join(
        f"{_weight(each, alone=alone)}*{this(share_header(each.name))}" for each in indicators
    )
    shared = f"{this('Product')}/SUM({column('Product')})"
    return f'IF(TRIM(Combine)="product",{shared},{added})'


def need() -> str:
    """Give the award by need alone: the base amount, and a share of the rest."""
    return f"{_BASE}+Rest*{this('Weighted share')}"


def previous_award() -> str:
    """Give the previous award; a blank one is not nought."""
    previous = _of_area("Previous award")
    return f"IF(ISNUMBER({previous}),{previous},{_NO_VALUE})"


def low() -> str:
    """Give the least award in whole units: the floor, or what damping protects."""
    previous = f"N({this('Previous award')})"
    floor = f'IF(TRIM(Floor_is)="pounds",Floor,Floor/100*{previous})'
    return (
        f"IF(ISNUMBER(Damping),{_up(f'{previous}*(1+Damping)')},IF(ISNUMBER(Floor),{_up(floor)},0))"
    )


def _up(pounds: str) -> str:
    return f"-INT(-ROUND({pounds}/{UNIT},6))*{UNIT}"


def high() -> str:
    """Give the greatest award in whole units; out of reach where there is no ceiling."""
    previous = f"N({this('Previous award')})"
    ceiling = f'IF(TRIM(Ceiling_is)="pounds",Ceiling,Ceiling/100*{previous})'
    return f"IF(ISNUMBER(Ceiling),INT(ROUND({ceiling}/{UNIT},6))*{UNIT},{NO_CEILING})"


def start() -> str:
    """Give the previous split, scaled to this pot, from which phasing sets out."""
    previous = column("Previous award")
    own = f"To_split*N({this('Previous award')})/SUM({previous})"
    return f"IF(ISNUMBER(Phase),{own},{_NO_VALUE})"


def breakpoint_at(edge: str) -> str:
    """Give the worth of a whole share at which this area meets a bound (`Low`, `High`)."""
    own = this("Weighted share")
    return f"IF({own}>0,({this(edge)}-{_BASE})/{own},{_NO_VALUE})"


def sum_at(breakpoint_header: str) -> str:
    """Add up what all areas get at this area's breakpoint."""
    point = this(breakpoint_header)
    return f"IF(ISNUMBER({point}),{_clamped_sum(point)},{_NO_VALUE})"


def _clamped_sum(worth: str) -> str:
    award = f"({_BASE}+{worth}*{column('Weighted share')})"
    least, most = column("Low"), column("High")
    return (
        f"SUMPRODUCT(({award}<{least})*{least}+({award}>{most})*{most}"
        f"+({award}>={least})*({award}<={most})*{award})"
    )


def within_pot(breakpoint_header: str, sum_header: str) -> str:
    """Keep a breakpoint at which the awards do not yet come to more than the pot."""
    total = this(sum_header)
    reached = f"IF({total}<=To_split+{SPARE},{this(breakpoint_header)},{_NO_VALUE})"
    return f"IF(ISNUMBER({total}),{reached},{_NO_VALUE})"


def bound() -> str:
    """Say which bound holds the area."""
    by_need = f"{_BASE}+N(Share_worth)*{this('Weighted share')}"
    floor, ceiling = this("Low"), this("High")
    damped = f'IF({this("Need")}<{floor}-{SPARE},"floor","none")'
    between = (
        f'IF({by_need}<{floor}-{SPARE},"floor",IF({by_need}>{ceiling}+{SPARE},"ceiling","none"))'
    )
    return f'IF(ISNUMBER(Damping),{damped},IF(ISNUMBER(Phase),"none",{between}))'


def exact() -> str:
    """Give the award before rounding: bounded, damped or phased."""
    by_need = this("Need")
    damped = f"{this('Low')}+Gain_paid*MAX(0,{by_need}-{this('Low')})"
    phased = f"{this('Start')}+Phase*({by_need}-{this('Start')})"
    award = f"{_BASE}+N(Share_worth)*{this('Weighted share')}"
    bounded = f"MAX({this('Low')},MIN({this('High')},{award}))"
    return f"IF(ISNUMBER(Damping),{damped},IF(ISNUMBER(Phase),{phased},{bounded}))"


def units() -> str:
    """Round the exact award down to whole units."""
    return f"INT(ROUND({this('Exact')}/{UNIT},6))"


def remainder() -> str:
    """Give the part of a unit that rounding down cuts off, to six decimals."""
    return f"ROUND({this('Exact')}/{UNIT}-{this('Units')},6)"


def rank() -> str:
    """Rank the remainder among all; ties go to the lower area code.

    Which code is lower stands as a number under Order: spreadsheets put texts with
    accents and hyphens in an order of their own, which depends on the country.
    """
    all_remainders, own = column("Remainder"), this("Remainder")
    tied = f"({all_remainders}={own})*({column('Order')}<{this('Order')})"
    return f"SUMPRODUCT(--({all_remainders}>{own}))+SUMPRODUCT({tied})+1"


def award() -> str:
    """Give the award: whole units, one more for the largest remainders."""
    left = f"ROUND(To_split/{UNIT}-SUM({column('Units')}),0)"
    return f"{UNIT}*({this('Units')}+({this('Rank')}<={left}))"


def change() -> str:
    """Give the award less the previous one."""
    previous = this("Previous award")
    return f"IF(ISNUMBER({previous}),{this('Award')}-{previous},{_NO_VALUE})"


def change_percent() -> str:
    """Give the change as a part of the previous award."""
    previous = this("Previous award")
    return f"IF(N({previous})=0,{_NO_VALUE},{this('Change')}/{previous})"


def per_head() -> str:
    """Give the award for each inhabitant."""
    people = f"N({_of_area('Population')})"
    return f"IF({people}=0,{_NO_VALUE},{this('Award')}/{people})"


def in_lines(header: str) -> str:
    """Give what the lines with this area's code have in an amount column."""
    return f"SUMIFS(Lines[{header}],Lines[Area code],{this('Area code')})"


def difference() -> str:
    """Give the award less what the lines have."""
    return f"{this('Award')}-{this('In Lines')}"


def kept() -> str:
    """Give what is kept centrally: pounds, or per cent of the pot rounded half up."""
    part = f"ROUND(ROUND(N(Top_slice)/100*Pot/{UNIT},6),0)*{UNIT}"
    return f'IF(TRIM(Top_slice_is)="per cent",{part},N(Top_slice))'


def to_split() -> str:
    """Give the pot after the top-slice."""
    return "Pot-Kept"


def rest() -> str:
    """Give what is left after every area's base amount."""
    return f"To_split-{_BASE}*ROWS({column('Area code')})"


def share_worth() -> str:
    """Give the pounds for a whole share at which the bounded awards come to the pot."""
    from_point = f"MAX({column('From low')},{column('From high')})"
    award_there = f"({_BASE}+{from_point}*{column('Weighted share')})"
    is_free = f"({award_there}>={column('Low')}-{SPARE})*({award_there}<{column('High')}-{SPARE})"
    free = f"SUMPRODUCT({column('Weighted share')}*{is_free})"
    missing = f"(To_split-{_clamped_sum(from_point)})"
    solved = f"{from_point}+IF({free}=0,0,{missing}/{free})"
    return f"IF(OR(ISNUMBER(Damping),ISNUMBER(Phase)),{_NO_VALUE},{solved})"


def gain_paid() -> str:
    """Give the part of every gain that damping leaves."""
    gain = f"({column('Need')}>{column('Low')})*({column('Need')}-{column('Low')})"
    gains = f"SUMPRODUCT({gain})"
    paid = f"IF({gains}=0,0,(To_split-SUM({column('Low')}))/{gains})"
    return f"IF(ISNUMBER(Damping),{paid},{_NO_VALUE})"


def awarded() -> str:
    """Add the awards up."""
    return f"SUM({column('Award')})"
