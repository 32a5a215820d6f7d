"""Charts of series: in the terminal, or in a file that can be read without it."""
