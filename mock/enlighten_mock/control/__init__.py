"""Control of a running simulation, over HTTP and on a page for people."""
