"""Small drawn pages: rows of words in a Latin face, turned, dirtied and stamped as the tests need them."""

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]


def drawn_page(rows: int = 12, dpi: int = 150, size: tuple[int, int] = (1240, 877)) -> Pixels:
    """A white page with rows of words of about 12 point, shape (height, width)."""
    page = np.full(size, 255, np.uint8)
    words = "Bao cao ket qua cong tac doi ngoai nam"
    for row in range(rows):
        cv2.putText(
            page, words, (90, 150 + row * 60), cv2.FONT_HERSHEY_COMPLEX, dpi / 140, [0], 2, cv2.LINE_AA
        )
    return page


def turned(page: Pixels, degrees: float) -> Pixels:
    """The page with its lines falling to the right by ``degrees``, white at the corners."""
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return cv2.warpAffine(page, matrix, (width, height), borderValue=[255, 255, 255]).astype(np.uint8)


def colour(page: Pixels) -> Pixels:
    """The grey page in RGB."""
    return np.ascontiguousarray(np.repeat(page[..., None], 3, axis=2))
