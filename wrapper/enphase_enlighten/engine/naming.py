"""From the specification's operation ids to Python names."""

import re


def snake_case(operation_id: str) -> str:
    """Return the name of the method that carries out an operation.

    >>> snake_case("InvertersSummaryByEnvoyOrSite")
    'inverters_summary_by_envoy_or_site'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", operation_id).lower()
