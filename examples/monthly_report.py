"""A table of what each system of a fleet produced, month by month, as a CSV file.

    pip install 'enphase-enlighten[pandas]'
    python monthly_report.py 2024-01 2024-05 report.csv

A month that is not over counts up to today. Exits with 1 if there is no value at all.
Spends one request for each system, and one for each thousand systems to list them.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime, timedelta

import pandas as pd

from enphase_enlighten import Enlighten, EnlightenError


def monthly_report(client: Enlighten, first: pd.Period, last: pd.Period) -> pd.DataFrame:
    """Return kWh by system and month; a month without any value is empty."""
    # The service rejects a day that has not begun at the system; this one has begun everywhere.
    today = (datetime.now(UTC) - timedelta(hours=12)).date()
    end_date = min(last.end_time.date(), today)
    months: dict[str, pd.Series[float]] = {}
    for system in client.systems():
        try:
            days = client.energy_lifetime(system, start_date=first.start_time.date(), end_date=end_date)
        except EnlightenError as error:
            print(f"{system.system_id} is left out: {error}", file=sys.stderr)
            continue
        energy = days.to_pandas()["production_Wh"].resample("MS").sum(min_count=1)
        months[f"{system.system_id} {system.system_name}"] = energy / 1000
    table = pd.DataFrame(months).T.reindex(columns=pd.period_range(first, last, freq="M").to_timestamp())
    return table.set_axis([f"{month:%Y-%m}_kWh" for month in table.columns], axis="columns")


def main() -> int:
    """Write the report, and say what the fleet produced."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=pd.Period, help="the first month, such as 2024-01")
    parser.add_argument("last", type=pd.Period, help="the last month")
    parser.add_argument("file", help="the CSV file to write")
    options = parser.parse_args()
    with Enlighten() as client:
        table = monthly_report(client, options.first, options.last)
    if table.isna().all(axis=None):
        print(f"Nothing is written: no system has a value from {options.first} to {options.last}.", file=sys.stderr)
        return 1
    table.to_csv(options.file, float_format="%.1f", index_label="system")
    for month, energy in table.sum(min_count=1).items():
        print(f"{month}: no value" if pd.isna(energy) else f"{month}: {energy:,.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
