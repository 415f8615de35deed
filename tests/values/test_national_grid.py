import csv
import gzip
from itertools import islice
from math import hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values import national_grid
from app.values.national_grid import to_grid, to_wgs84
from tests.places.published import needs_published_data, published

# Ordnance Survey, OSTN15 developer pack: ETRS89 latitude and longitude, and the definitive grid
# coordinates of test points TP01 to TP25 that lie in England.
CONTROL_POINTS = [
    pytest.param(49.92226393730, -6.29977752014, 91492.146, 11318.804, id="TP01-scilly"),
    pytest.param(49.96006137820, -5.20304609998, 170370.718, 11572.405, id="TP02-lizard"),
    pytest.param(50.43885825610, -4.10864563561, 250359.811, 62016.569, id="TP03-plymouth"),
    pytest.param(50.57563665000, -1.29782277240, 449816.371, 75335.861, id="TP04-st-catherines"),
    pytest.param(50.93127937910, -1.45051433700, 438710.920, 114792.250, id="TP05-southampton"),
    pytest.param(51.37447025550, 1.44454730409, 639821.835, 169565.858, id="TP07-north-foreland"),
    pytest.param(51.42754743020, -2.54407618349, 362269.991, 169978.690, id="TP08-brislington"),
    pytest.param(51.48936564950, -0.11992557180, 530624.974, 178388.464, id="TP09-lambeth"),
    pytest.param(51.89436637350, 0.89724327012, 599445.590, 225722.826, id="TP11-colchester"),
    pytest.param(52.25529381630, -2.15458614387, 389544.190, 261912.153, id="TP12-droitwich"),
    pytest.param(53.80021519630, -1.66379168242, 422242.186, 433818.701, id="TP20-leeds"),
    pytest.param(54.11685144290, -0.07773133187, 525745.670, 470703.214, id="TP22-flamborough"),
    pytest.param(54.89542340420, -2.93827741149, 339921.145, 556034.761, id="TP24-carlisle"),
    pytest.param(54.97912273660, -1.61657685184, 424639.355, 565012.703, id="TP25-newcastle"),
]
WITHOUT_OSTN15_METRES = 6

english_easting = st.integers(80_000, 660_000)
english_northing = st.integers(5_000, 660_000)


@pytest.mark.parametrize(("lat", "lon", "easting", "northing"), CONTROL_POINTS)
def test_control_points_come_out_within_six_metres_on_the_grid(
    lat: float, lon: float, easting: float, northing: float
) -> None:
    found = to_grid(lat, lon)

    assert hypot(found[0] - easting, found[1] - northing) < WITHOUT_OSTN15_METRES


@pytest.mark.parametrize(("lat", "lon", "easting", "northing"), CONTROL_POINTS)
def test_control_points_come_out_within_six_metres_in_degrees(
    lat: float, lon: float, easting: float, northing: float
) -> None:
    found = to_wgs84(easting, northing)

    north, east = (found[0] - lat) * 111_200, (found[1] - lon) * 71_500
    assert hypot(north, east) < WITHOUT_OSTN15_METRES


class TestWorkedExampleOfTheGuide:
    """Caister water tower, on the OSGB36 datum already, as the guide's annex C works it out."""

    LAT = radians(52 + 39 / 60 + 27.2531 / 3600)
    LON = radians(1 + 43 / 60 + 4.5177 / 3600)

    def test_the_projection_agrees_to_a_millimetre(self) -> None:
        easting, northing = national_grid._project(self.LAT, self.LON)

        assert easting == pytest.approx(651_409.903, abs=0.001)
        assert northing == pytest.approx(313_177.270, abs=0.001)

    def test_the_inverse_agrees_to_a_millimetre(self) -> None:
        lat, lon = national_grid._unproject(651_409.903, 313_177.270)

        assert lat == pytest.approx(self.LAT, abs=2e-10)
        assert lon == pytest.approx(self.LON, abs=2e-10)


@given(english_easting, english_northing)
def test_there_and_back_moves_a_point_by_a_metre_at_most(easting: int, northing: int) -> None:
    back = to_grid(*to_wgs84(easting, northing))

    assert abs(back[0] - easting) <= 1
    assert abs(back[1] - northing) <= 1


@given(english_easting, english_northing)
def test_a_thousandth_of_a_degree_of_latitude_is_111_metres_anywhere(
    easting: int, northing: int
) -> None:
    lat, lon = to_wgs84(easting, northing)

    moved = to_grid(lat + 0.001, lon)

    assert hypot(moved[0] - easting, moved[1] - northing) == pytest.approx(111.2, abs=2)


def test_results_are_whole_metres_and_five_decimals() -> None:
    easting, northing = to_grid(51.48936564950, -0.11992557180)
    lat, lon = to_wgs84(530_626.25, 178_389.75)

    assert isinstance(easting, int)
    assert isinstance(northing, int)
    assert (lat, lon) == (round(lat, 5), round(lon, 5))


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        pytest.param(-1.5, 52.4, id="swapped"),
        pytest.param(48.85, 2.35, id="paris"),
        pytest.param(52.4, 120.0, id="far-east"),
        pytest.param(float("nan"), -1.5, id="not-a-number"),
        pytest.param(52.4, float("inf"), id="infinite"),
        pytest.param(49.1, -9.9, id="in-the-atlantic"),
    ],
)
def test_points_off_the_grid_are_refused_with_the_usual_cause(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match=r"not in Great Britain.*Latitude comes first"):
        to_grid(lat, lon)


@pytest.mark.parametrize(
    ("easting", "northing"), [(-1, 0), (700_001, 0), (0, 1_300_001), (float("nan"), 0)]
)
def test_coordinates_off_the_grid_are_refused(easting: float, northing: float) -> None:
    with pytest.raises(ValueError, match="not on the National Grid"):
        to_wgs84(easting, northing)


@needs_published_data
def test_published_district_centres_agree_with_the_publishers_own_conversion() -> None:
    with published("geo/gb_outcodes.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))

    apart = [
        hypot(easting - int(row["easting"]), northing - int(row["northing"]))
        for row in rows
        for easting, northing in [to_grid(float(row["lat"]), float(row["lon"]))]
    ]

    assert len(apart) > 2_000
    assert max(apart) < 2


@needs_published_data
def test_published_postcodes_survive_there_and_back() -> None:
    with gzip.open(published("geo/england_postcodes.csv.gz"), "rt", encoding="utf-8") as lines:
        rows = list(islice(csv.DictReader(lines), 0, 60_000, 20))

    for row in rows:
        lat, lon = to_wgs84(*to_grid(float(row["lat"]), float(row["lon"])))
        assert lat == pytest.approx(float(row["lat"]), abs=1.1e-5)
        assert lon == pytest.approx(float(row["lon"]), abs=1.6e-5)
