"""The sources of the scans in ``samples/scans`` and the tool that draws them."""
