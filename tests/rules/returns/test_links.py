"""Rule `return-links`: no figure comes from another workbook."""

from rules.returns.returned import at_rule, figures, healthy, only, shape, with_cells, with_parts

RULE = "return-links"

LINK = "xl/externalLinks/externalLink1.xml"
RELATIONSHIPS = "xl/externalLinks/_rels/externalLink1.xml.rels"


def relationship(target: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/externalLinkPath" Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


def linked(target: str) -> bytes:
    return with_parts({LINK: b"<externalLink/>", RELATIONSHIPS: relationship(target)})


def test_a_form_passes() -> None:
    assert at_rule(RULE, healthy()) == ()


def test_another_workbook_is_named_and_never_opened() -> None:
    (finding,) = only(RULE, linked("file:///C:/Finance/Our%20costs%202024.xlsx"))
    assert shape(finding) == ("warning", None)
    assert figures(finding) == (None, "Our costs 2024.xlsx", None)


def test_a_link_that_does_not_say_where_to_is_found_too() -> None:
    (finding,) = only(RULE, with_parts({LINK: b"<externalLink/>"}))
    assert figures(finding) == (None, "another file", None)


def test_a_damaged_link_does_not_keep_the_return_from_being_read() -> None:
    (finding,) = only(RULE, with_parts({LINK: b"<externalLink/>", RELATIONSHIPS: b"<Rel"}))
    assert figures(finding) == (None, "another file", None)


def test_a_connection_to_data_elsewhere_is_a_link() -> None:
    (finding,) = only(RULE, with_parts({"xl/connections.xml": b"<connections/>"}))
    assert figures(finding) == (None, "a data connection", None)


def test_an_address_in_a_cell_is_no_link() -> None:
    data = with_cells({("Outcome measure", 1): "see https://example.org/plan.xlsx"})
    assert at_rule(RULE, data) == ()
