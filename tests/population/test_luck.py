"""Luck is the published generator, and belongs to a person, a time and a purpose."""

import numpy as np
import pytest

from fodfaeste.population.luck import Purpose, philox, words

# Known answers of Random123 for philox4x32-10: counter, key, words.
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def numbers(text: str) -> list[int]:
    return [int(word, 16) for word in text.split()]


def plain_philox(counter: list[int], key: list[int]) -> list[int]:
    """The generator as its authors describe it, in whole numbers of any size."""
    a, b = key
    for _ in range(10):
        high0, low0 = divmod(0xD2511F53 * counter[0], 1 << 32)
        high1, low1 = divmod(0xCD9E8D57 * counter[2], 1 << 32)
        counter = [high1 ^ counter[1] ^ a, low1, high0 ^ counter[3] ^ b, low0]
        a, b = (a + 0x9E3779B9) % (1 << 32), (b + 0xBB67AE85) % (1 << 32)
    return counter


@pytest.mark.parametrize(("counter", "key", "expected"), KNOWN)
def test_known_answers_of_the_authors(counter: str, key: str, expected: str) -> None:
    assert [int(word) for word in philox(*numbers(counter), *numbers(key))] == numbers(expected)


def test_as_the_plain_description_for_any_counter() -> None:
    draw = np.random.default_rng(7)
    for _ in range(200):
        given = [int(word) for word in draw.integers(0, 1 << 32, 6)]
        assert [int(word) for word in philox(*given)] == plain_philox(given[:4], given[4:])


def test_a_person_has_the_same_luck_in_any_stretch() -> None:
    whole = words(0, 1000, Purpose.EDUCATION, seed=5)
    assert (words(400, 100, Purpose.EDUCATION, seed=5) == whole[400:500]).all()
    assert (words(400, 100, Purpose.ELAPSED, seed=5) != whole[400:500]).any()
    assert (words(400, 100, Purpose.EDUCATION, seed=6) != whole[400:500]).any()


def test_words_are_even_and_neighbours_do_not_follow_each_other() -> None:
    found = words(0, 200_000, Purpose.SHOCK, seed=1) / 2**32
    assert np.histogram(found, 20, (0, 1))[0] == pytest.approx(10_000, rel=0.05)
    assert abs(np.corrcoef(found[:-1], found[1:])[0, 1]) < 0.01
