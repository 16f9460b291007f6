import re

import segno

from web.qr import path_of


def test_path_draws_exactly_the_dark_modules() -> None:
    text = "https://kiemtin.example/tra-cuu/#7K3M29QDXV5T8HNC4RWE6PJA"
    code = path_of(text)
    drawn = [[0] * code.size for _ in range(code.size)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", code.d):
        for column in range(int(x), int(x) + int(width)):
            drawn[int(y)][column] = 1
    expected = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    assert drawn == expected
    assert not re.sub(r"M(\d+) (\d+)h(\d+)v1h-\3z", "", code.d)
