"""What lists say of a ticket."""

import pytest

from field_app.domain.listed import place_line

BANGKOK = "กรุงเทพมหานคร"


@pytest.mark.parametrize(
    ("address", "subdistrict", "province", "line"),
    [
        (
            "ถ.นครสวรรค์ แขวงวัดโสมนัส เขตป้อมปราบศัตรูพ่าย กรุงเทพมหานคร 10100",
            "วัดโสมนัส",
            BANGKOK,
            "ถ.นครสวรรค์ · แขวงวัดโสมนัส",
        ),
        ("ถ.กลางเมือง ตำบลในเมือง อำเภอเมือง", "ในเมือง", "ขอนแก่น", "ถ.กลางเมือง · ต.ในเมือง"),
        ("ถ.กลางเมือง อ.เมือง จ.ขอนแก่น", "ต.ในเมือง", "ขอนแก่น", "ถ.กลางเมือง · ต.ในเมือง"),
        ("12/3 ซ.อารีย์, เขตพญาไท", "แขวงสามเสนใน", BANGKOK, "12/3 ซ.อารีย์ · แขวงสามเสนใน"),
        ("ถ.กลางเมือง จังหวัดขอนแก่น", "", "ขอนแก่น", "ถ.กลางเมือง"),
        ("หน้าตลาด", "", "", "หน้าตลาด"),
        ("แขวงวัดโสมนัส เขตป้อมปราบศัตรูพ่าย", "วัดโสมนัส", BANGKOK, "แขวงวัดโสมนัส"),
        ("แขวงวัดโสมนัส", "", BANGKOK, "แขวงวัดโสมนัส"),
        ("", "ในเมือง", "ขอนแก่น", "ต.ในเมือง"),
        ("", "", "", ""),
    ],
)
def test_a_place_is_said_by_street_and_subdistrict(
    address: str, subdistrict: str, province: str, line: str
) -> None:
    assert place_line(address, subdistrict, "", province) == line


def test_without_street_and_subdistrict_the_district_is_better_than_nothing() -> None:
    assert place_line("", "", "เขตพระนคร", BANGKOK) == "เขตพระนคร"
