"""The buttons of the ribbon: each with the command that it hands on and the words it shows.

The ribbon's XML, the VBA callbacks and the Python that a button runs all name the same
commands; `addin check` and a test compare them with this list.
"""

from dataclasses import dataclass

TAB = "Commissioning"


@dataclass(frozen=True, slots=True)
class Button:
    """One button of the tab.

    Attributes:
        command: what the button hands on, as `press` takes it.
        group: the group it stands in.
        label: the words on it.
        screentip: what shows when the pointer rests on it, in bold.
        supertip: what shows below that.
        image: the name of Office's own icon (imageMso).
        keytip: the letter that presses it after Alt and the tab's own.
    """

    command: str
    group: str
    label: str
    screentip: str
    supertip: str
    image: str
    keytip: str

    @property
    def id(self) -> str:
        """The id in the ribbon's XML, and the name of its VBA callback: `XlfCheckReturns`."""
        return "Xlf" + "".join(word.capitalize() for word in self.command.split("-"))


BUTTONS = (
    Button(
        "refresh",
        "Budget",
        "Refresh",
        "Refresh the workbook",
        "Recomputes subtotals, the split, the summary, the appendix sheets and the checks of the "
        "open workbook. Excel cannot undo it: press Preview changes first, or close without "
        "saving. The Change log records what changed.",
        "RefreshAll",
        "R",
    ),
    Button(
        "preview",
        "Budget",
        "Preview changes",
        "Show what Refresh would change",
        "Lists every cell that Refresh would change, before and after, and changes nothing.",
        "FilePrintPreview",
        "P",
    ),
    Button(
        "reconcile",
        "Budget",
        "Reconcile",
        "Compare the stated figures with the lines",
        "Works out every figure that the document states from the lines, and shows which agree, "
        "which differ and by how much. Changes nothing.",
        "Calculator",
        "E",
    ),
    Button(
        "split",
        "Allocation",
        "Split the fund",
        "Split the fund between the areas",
        "Refreshes the workbook, explains every award of the split by the sheet Formula, and asks "
        "whether to carry the awards into Lines. Excel cannot undo it; the Change log records it.",
        "ChartTypePieInsertGallery",
        "S",
    ),
    Button(
        "scenarios",
        "Allocation",
        "Scenarios",
        "Try other weights",
        "Refreshes the workbook and shows what each area would get by other weights than those of "
        "the sheet Formula. Excel cannot undo it; the Change log records it.",
        "WhatIfAnalysisMenu",
        "C",
    ),
    Button(
        "regenerate",
        "Appendices",
        "Regenerate",
        "Bring the appendix sheets up to date",
        "Writes the appendix tables in this workbook anew from the lines. Excel cannot undo it; "
        "the Change log records what changed.",
        "TableInsertExcel",
        "A",
    ),
    Button(
        "publish",
        "Appendices",
        "Publish...",
        "Publish the appendix tables",
        "Asks for a folder and writes each appendix table there, as an Excel workbook and as CSV. "
        "This workbook stays as it is.",
        "FileSaveAs",
        "U",
    ),
    Button(
        "issue-forms",
        "Returns",
        "Issue forms",
        "Make the forms that partners fill in",
        "Asks which form and for a folder, and writes one pre-filled form for each partner there. "
        "This workbook stays as it is.",
        "FileSendAsAttachment",
        "I",
    ),
    Button(
        "check-returns",
        "Returns",
        "Check returns...",
        "Check the forms that came back",
        "Asks for the folder of returned forms, checks every one against this workbook, and says "
        "what is wrong at which cell. Marked copies and a report go into a folder beside them; the "
        "forms and this workbook stay as they are.",
        "DataValidation",
        "K",
    ),
    Button(
        "about",
        "Help",
        "About",
        "About this add-in",
        "Shows the versions of xlframework and Python, and where the log file is.",
        "FileProperties",
        "B",
    ),
    Button(
        "guide",
        "Help",
        "Open the guide",
        "Open the guide",
        "Opens the guide to the commissioning workbook and these buttons.",
        "Help",
        "G",
    ),
)


def groups() -> tuple[str, ...]:
    """List the groups in the order of the ribbon."""
    return tuple(dict.fromkeys(button.group for button in BUTTONS))
