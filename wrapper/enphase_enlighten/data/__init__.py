"""What callers get: rows, series and data frames."""
