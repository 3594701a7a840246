"""What became of people afterwards, and who they were: in hospital, not saved, in a coma, named among the dead."""

from __future__ import annotations

import pytest

from etl.extraction import extract_all
from etl.records import Report
from etl.reports import prepare


def told(text: str) -> dict[str, int | None]:
    """Figure of each measure that TEXT asserts first."""
    [(_, claims)] = extract_all([prepare(Report(report_id="r", text=text))])
    found: dict[str, int | None] = {}
    for claim in claims:
        if claim.polarity == "asserted" and claim.scope == "incident":
            found.setdefault(claim.measure, claim.best)
    return found


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("The girl was rushed to a clinic but did not survive.", {"killed": 1}),
        ("A plane with 42 people on board crashed. No one survived.", {"killed": 42}),
        ("Four miners were trapped by the flood. All died.", {"killed": 4}),
        ("Doctors could not save the woman.", {"killed": 1}),
        ("The bullet wound proved fatal for the shopkeeper.", {"killed": 1}),
        ("Killed were two Turks and a Serb.", {"killed": 3}),
        ("The dead men were identified as Karl Braun and Otto Weiss.", {"killed": 2}),
        ("Only 40 of the victims of the landslide have been identified, the governor said.", {"killed": 40}),
        ("Forty of the victims have been identified, the governor said.", {}),
        ("Sixteen passengers died and 29 were taken to hospital.", {"killed": 16, "injured": 29}),
        ("Two of them died, and the third is in a coma.", {"killed": 2, "injured": 1}),
        ("Cholera has killed 14 people and 380 patients are being treated in tents.", {"killed": 14}),
        ("The firm did not survive the crash.", {}),
        ("A bus crash left seven people in hospital.", {"injured": 7}),
        ("The pile-up put 14 in hospital.", {"injured": 14}),
        ("Two men ended up in hospital after a fight at a bar.", {"injured": 2}),
        ("A stabbing has left a woman in hospital.", {"injured": 1}),
        ("Five people were left in hospital after the fire.", {"injured": 5}),
        ("Flu has put 14 people in hospital.", {}),
        ("The welder had his arm amputated after the accident.", {"injured": 1}),
        ("Three soldiers had their legs blown off by a landmine.", {"injured": 3}),
        ("The singer had her foot amputated because of diabetes.", {}),
        ("The driver was treated for a broken arm after the crash.", {"injured": 1}),
        ("A man was attacked with a knife and is in a stable condition.", {"injured": 1}),
        ("The singer is in a stable condition after a heart operation.", {}),
        ("She is fighting for her life against cancer.", {}),
        ("Eleven fans were dead silent.", {}),
        ("Estimates of the dead range from 90 to 300.", {"killed": 90}),
        ("The mayor counted the dead again and the number is 52.", {"killed": 52}),
        ("The flood killed 1.350 people.", {"killed": 1350}),
        ("An Italian and four Swiss climbers died in an avalanche.", {"killed": 5}),
        ("Five miners, among them two apprentices, and one cook were killed.", {"killed": 6}),
        ("A baker, his son and the son's fiancée were killed.", {"killed": 3}),
        ("Neither the pilot nor his 60 passengers were hurt.", {}),
    ],
)
def test_what_became_of_them_is_told(text: str, measures: dict[str, int]) -> None:
    assert told(text) == measures
