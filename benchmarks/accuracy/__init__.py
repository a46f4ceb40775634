"""The yardstick: how right the pipeline is on generated reports, by kind of scan, with intervals."""
