"""Small files of postcodes in each shape, and reading them."""

from collections import Counter
from pathlib import Path

from app.places.postcode_files import Fault, open_postcode_file
from app.places.postcode_rows import PostcodeRow, Skipped

SOUTHAMPTON = (
    '"SO16 0AS",10,437292,115542,"E92000001","E19000002","E18000009","E10000014","E07000093",'
    '"E05012936"\r\n'
)
HEADINGS_IN_SHORT = "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\r\n"
HEADINGS_IN_FULL = (
    "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,"
    "NHS_HA_code,Admin_county_code,Admin_district_code,Admin_ward_code\r\n"
)
ONSPD_2025 = "pcd7,pcd8,pcds,dointr,doterm,east1m,north1m,cty25cd,lad25cd,ctry25cd,lat,long\n"
ONSPD_2022 = (
    '"pcd","pcd2","pcds","dointr","doterm","oscty","ced","oslaua","osward","oseast1m","osnrth1m",'
    '"ctry"\n'
)
LAT_LON = "postcode,la_code,lat,lon\n"


def read(file: Path, content: str | bytes) -> tuple[list[PostcodeRow], list[Fault]]:
    """Write a file and read it; postcodes and faults, each in file order."""
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with open_postcode_file(file) as opened:
        found = list(opened)
    faults = [one for one in found if isinstance(one, Fault)]
    return [one for one in found if not isinstance(one, Fault)], faults


def skipped(file: Path, content: str) -> Counter[Skipped]:
    """Write a file and read it to its end; how many rows were left out, by reason."""
    file.write_text(content)
    with open_postcode_file(file) as opened:
        assert not [one for one in opened if isinstance(one, Fault)]
    return opened.skipped


def code_point(**changed: str) -> str:
    """A row of Code-Point Open with some columns changed."""
    row = {
        "postcode": '"CV1 2WT"',
        "quality": "10",
        "easting": "433600",
        "northing": "279000",
        "country": '"E92000001"',
        "region": '""',
        "health": '""',
        "county": '""',
        "district": '"E08000026"',
        "ward": '""',
    }
    return ",".join((row | changed).values()) + "\n"
