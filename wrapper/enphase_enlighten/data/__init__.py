"""The results of operations: rows, series and data frames."""
