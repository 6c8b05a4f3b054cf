"""Between an Excel workbook and the records: snapshots read from it, change sets applied to it."""
