"""An edition made up to be awkward, with a layout of each source of rows."""

from pathlib import Path

EDITION = """\
name = "awkward"
title = "Awkward names"
years = ["2023/24 Actual", "2024/25 Budget", "2025/26 Budget"]
layouts = ["years", "grant-years", "sections", "areas", "lines", "changes", "plan"]
source = "Made up for a test."
[cells]
Pot = "1000"
Unit = "1"
Combine = "sum"
"""
LINES = """\
Line ID,Order,Block,Section,Service,2023/24 Actual,2024/25 Budget,2025/26 Budget
L1,10,Commissioning,"The ""other"" section",50% *off?~ now,100.25,12.5,7
L2,20,Commissioning,"The ""other"" section",50% off it all,3,0.1,0.2
L3,30,Commissioning,Young people & families,=odd,1,2,-3
L4,40,Commissioning,Young people & families,A safe place,100,112,100.05
G1,50,External's,Young people & families,50% *OFF?~ tomorrow,20,30,
G2,60,External's,Young people & families,>10 of them,10,0,40
"""
SECTIONS = """\
Order,Block,Section,2023/24 Actual,2024/25 Budget,2025/26 Budget
1,Commissioning,"The ""other"" section",,,
2,Commissioning,Young people & families,,,
3,External's,Young people & families,,,
4,External's,It's entered,1000.01,2000,0
"""
AREAS = """\
Area code,Area,CSP,Population,Need
7,Seven,North & South,100,1
A-1,Hyphen,Wild,200,2
"B""2",Quote,"The ""best"" one",300,4
"""
INDICATORS = "Indicator,Basis,Weight\nNeed,share,1\n"
PLAN = """\
Order,Ends,Item,What follows
20,2026-03-31,Refuge,Tender
10,2026-03-31,Helpline,
30,2027-08-31,Pilot,=nothing
"""
PRINTED = """\
Layout,Line ID,Column,Text
years,2024/25 Budget,Year,This year
sections,It's entered,Area,Entered
areas,7,CSP,Lucky
plan,March 2026,Starts,April 2026
lines,G1,Order,5
"""

HEAD = """\
name = "{name}"
title = "{name}"
sheet = "Own {name}"
description = "Made up."
source = "Nowhere."
"""
LAYOUTS = {
    "years": """\
rows = "years"
[[column]]
header = "Year"
year = "2018-19"
[[column]]
header = "Budget"
compute = "total"
decimals = 2
[[column]]
header = "Change"
compute = "difference"
of = "Budget"
decimals = 2
[[column]]
header = "Change %"
compute = "percent increase"
of = "Budget"
[[column]]
header = "[Change] #2 'to the percent'"
compute = "percent increase"
of = "Budget"
decimals = 2
[total]
label = "All"
column = "Year"
""",
    "grant-years": """\
rows = "years"
blocks = ["External's"]
years = ["2025/26 Budget", "2023/24 Actual"]
[[column]]
header = "Year"
year = "2018/19"
[[column]]
header = "Grants"
compute = "total"
decimals = 2
""",
    "sections": """\
rows = "sections"
across_blocks = true
[[apart]]
label = "Off"
field = "Service"
begins = "50% *off?~"
[[apart]]
label = "Odd"
field = "Service"
equals = "=ODD"
[[apart]]
label = "Many"
field = "Service"
begins = ">10"
[[column]]
header = "Area"
field = "Section"
[[column]]
header = "Now"
amount = "2024/25 Budget"
decimals = 2
[[column]]
header = "Next"
amount = "2025/26 Budget"
decimals = 2
[[column]]
header = "Change"
compute = "difference"
of = "Next"
from = "Now"
decimals = 2
[total]
label = "All"
column = "Area"
""",
    "areas": """\
rows = "areas"
[[column]]
header = "CSP"
field = "CSP"
[[column]]
header = "People"
field = "Population"
[[column]]
header = "Award"
compute = "award"
[total]
label = "All"
column = "CSP"
""",
    "lines": """\
group = "section"
across_blocks = true
[[column]]
header = "What"
fields = ["Service", "Section"]
[[column]]
header = "Now"
amount = "2024/25 Budget"
decimals = 2
[[column]]
header = "Next"
amount = "2025/26 Budget"
decimals = 2
[[heading]]
by = "section"
column = "What"
[subtotal]
label = "{section} subtotal"
column = "What"
[total]
label = "All"
column = "What"
""",
    "changes": """\
[[where]]
amount = "2023/24 Actual"
is = "above zero"
[[column]]
header = "What"
field = "Service"
[[column]]
header = "Then"
amount = "2023/24 Actual"
decimals = 2
[[column]]
header = "Now"
amount = "2024/25 Budget"
decimals = 2
zero = "nil"
[[column]]
header = "Change"
compute = "difference"
of = "Now"
from = "Then"
decimals = 2
[[column]]
header = "%"
compute = "percent increase"
of = "Now"
from = "Then"
[total]
label = "All"
column = "What"
""",
    "plan": """\
rows = "forward plan"
[[column]]
header = "Ends"
field = "Item"
[[column]]
header = "Starts"
field = "What follows"
[[column]]
header = "Last day"
field = "Ends"
[[heading]]
by = "ends"
column = "Ends"
""",
}


def write_edition(folder: Path) -> Path:
    """Write the edition's folder, and give it."""
    files = {
        "edition.toml": EDITION,
        "lines.csv": LINES,
        "sections.csv": SECTIONS,
        "areas.csv": AREAS,
        "indicators.csv": INDICATORS,
        "forward_plan.csv": PLAN,
        "printed.csv": PRINTED,
    }
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_templates(folder: Path) -> Path:
    """Write the layouts into a folder of templates, and give it."""
    (folder / "appendix").mkdir(parents=True)
    for name, text in LAYOUTS.items():
        path = folder / "appendix" / f"{name}.toml"
        path.write_text(HEAD.format(name=name) + text, encoding="utf-8")
    return folder
