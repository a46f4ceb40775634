"""What sohoa costs and how right it is, measured."""
