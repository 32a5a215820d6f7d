"""Clocks, instants and timezones."""
