"""In the way of the package, which is then as good as not installed; `make test-plain` says so."""

raise ModuleNotFoundError("No module named 'msgspec'", name="msgspec")
