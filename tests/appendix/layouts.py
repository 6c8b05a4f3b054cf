"""Layouts for the tests: the files that ship, and one made up that uses everything."""

from builders import NEXT_YEAR, YEAR, budget, line, section
from xlframework.appendix.layout import Column, Heading, Layout, Shared, Subtotal, Total
from xlframework.model.budget import Budget

GRANTS = "External grants"

# Sections as headings, subtotals, and two amount columns, one with pence.
MULTI_YEAR = Layout(
    name="multi-year",
    title="Two years by section",
    sheet="Two years",
    description="Everything that a layout can ask for.",
    source="Nowhere; made up for the tests.",
    column=(
        Column(header="No.", field="Line ID"),
        Column(header="Service", field="Service", width=30, words={"Refuge": "Safe houses"}),
        Column(header="24/25", amount=YEAR, decimals=2, blank="TBC", zero="nil"),
        Column(header="25/26", amount=NEXT_YEAR),
    ),
    group="section",
    heading=(Heading(by="section", column="Service", words={"Victims": "Help for victims"}),),
    subtotal=Subtotal(label="{section} in all", column="Service", words={"Prevention": "Sum"}),
    total=Total(label="TOTAL", column="Service"),
    shared=Shared(above="as above", elsewhere="see {service}"),
    notes=("Amounts are in pounds.", "A second note."),
)


def two_year_budget() -> Budget:
    """Three sections in two blocks; the rows stand in no order at all."""

    def words(line_id: str, service: str) -> dict[str, str]:
        return {"Line ID": line_id, "Service": service}

    lines = [
        line(
            "G1",
            {YEAR: 1_00, NEXT_YEAR: 2_00},
            block=GRANTS,
            section="Grants",
            words=words("G1", "Grant"),
        ),
        line(
            "P1",
            {YEAR: None, NEXT_YEAR: 0},
            order=30,
            section="Prevention",
            words=words("P1", "Diversion"),
        ),
        line(
            "V2",
            {YEAR: None, NEXT_YEAR: 50_00},
            order=20,
            shared_with="V1",
            words=words("V2", "Counselling"),
        ),
        line(
            "V1",
            {YEAR: 1339454_38, NEXT_YEAR: 100_00},
            order=10,
            words=words("V1", "Refuge"),
        ),
        line(
            "P2",
            {YEAR: 0, NEXT_YEAR: None},
            order=40,
            section="Prevention",
            shared_with="G1",
            words=words("P2", "Outreach"),
        ),
    ]
    sections = [
        section("Grants", order=5, block=GRANTS),
        section("Prevention", order=4),
        section("Victims", order=3),
    ]
    return budget(lines, sections, headers=(YEAR, NEXT_YEAR))
