"""Planning the requests for a range or a listing, free of I/O."""
