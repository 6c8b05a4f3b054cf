"""The workbook that is open in Excel, read and changed through xlwings in bulk."""
