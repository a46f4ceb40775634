"""The recipe of the consensus: what the confidences of both readers are worth, fitted on generated scans."""
