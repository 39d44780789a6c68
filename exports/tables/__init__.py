"""From a report to its tables. Pure; every figure comes from the functions that the screens use as well."""
