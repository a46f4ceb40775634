import numpy as np

from pipeline.cleaning.ink import separate_inks


def test_red_ink_leaves_the_page_but_stays_where_all_ink_is_shown() -> None:
    page = np.full((400, 400, 3), 240, np.uint8)
    page[100:140, 100:200] = (210, 40, 50)
    page[100:140, 220:300] = 20
    inks = separate_inks(page)
    assert inks.red is not None
    assert inks.all is not None
    assert inks.grey[120, 150] > 200
    assert inks.all[120, 150] < 120
    assert inks.grey[120, 250] < 60


def test_a_page_without_colour_has_no_further_layers() -> None:
    inks = separate_inks(np.full((400, 400, 3), 240, np.uint8))
    assert inks.red is None
    assert inks.all is None


def test_a_small_pale_red_stamp_is_kept_beside_the_page_that_it_is_lifted_off() -> None:
    page = np.full((1600, 1200, 3), 240, np.uint8)
    page[100:130, 100:160] = (240, 205, 205)
    inks = separate_inks(page)
    assert inks.red is None
    assert inks.faint is not None
    assert inks.all is not None
    assert inks.faint[115, 130] < 200 < inks.faint[300, 300]
