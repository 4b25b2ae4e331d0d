"""What is dangerous in a cell of a spreadsheet."""

# Spreadsheets run a cell that begins like this as a formula (CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
