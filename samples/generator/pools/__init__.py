"""The wordings of the three splits, as data; ``samples.generator.wording`` reads them."""
