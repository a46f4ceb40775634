"""The yardstick of pages: reading, geometry, lines, zones, tables, handwriting and cost, by kind of scan."""
