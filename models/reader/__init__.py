"""The recipe of the line reader: text, looks, network, training, export, evaluation. See README.md."""
