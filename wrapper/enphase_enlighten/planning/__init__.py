"""Which requests a range or a listing takes, free of I/O."""
