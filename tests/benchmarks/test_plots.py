import xml.etree.ElementTree as ET

from benchmarks.plots import Series, bars, curves


def test_plots_are_xml_without_external_resources() -> None:
    drawn = [
        bars("a & b", ["x", "y"], [Series("<one>", [0.5, None]), Series("two", [1.2, 0])]),
        bars("goals", ["x"], [Series("one", [0.5])], [(0.6, None)]),
        curves("c", [10_000, 1_000_000], [Series("one", [1.5, None])], "claims", "ms"),
        curves("nothing", [], [], "claims", "ms"),
    ]
    for svg in drawn:
        root = ET.fromstring(svg)
        assert root.find("{http://www.w3.org/2000/svg}title") is not None
        assert svg.count("http") == 1  # the name space
        assert "prefers-color-scheme: dark" in svg
