"""A batch's memory does not grow with its records."""

import sys

import pytest

from tests.benchmarks.batch import peak


@pytest.mark.skipif(sys.platform != "linux", reason="peaks are read from /proc")
def test_four_times_the_records_need_no_more_memory() -> None:
    small, large = (peak("check", count) for count in (5_000, 20_000))
    assert large < 300
    assert large - small < 10
