"""The learned parts of sohoa: ``PART/weights/`` ships and is found by ``pipeline.weights``, recipes stay in the checkout."""
