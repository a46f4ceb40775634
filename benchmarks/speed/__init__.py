"""How fast sohoa reads beside other tools: the same pages, one after the other, on all cores of this machine."""
