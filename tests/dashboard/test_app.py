from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create
from dashboard.filters import Filter
from dashboard.published import Published
from etl.records import Incident
from etl.settings import Settings, StoreSettings
from etl.tables.formats import KINDS
from etl.tables.store import Store
from tests.dashboard.kyrgyzstan_2010 import HOSTILE_NAME


@pytest.fixture(scope="module")
def client(store_folder: Path) -> FlaskClient:
    return create(Published(store_folder)).server.test_client()


def rows(client: FlaskClient, table: str, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/download/{table}.csv?{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


def test_every_answer_lets_the_page_load_from_here_only(client: FlaskClient) -> None:
    for address in (
        "/",
        "/codebook",
        "/outlines/KG.geojson",
        "/download/incidents.csv",
        "/nowhere.js",
        "/_dash-layout",
    ):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert "script-src 'self' 'sha256-" in policy
        assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_the_page_names_nothing_outside(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert "https://" not in page
    assert '<html lang="en">' in page


def test_a_download_has_exactly_the_filtered_incidents_and_all_columns(client: FlaskClient) -> None:
    found = rows(client, "incidents", Filter(regions=("KG-T", "KG-GB")).to_query())
    assert {row["incident_id"] for row in found} == {"talas", "bishkek"}
    assert list(found[0]) == [*Incident.__slots__]
    talas = next(row for row in found if row["incident_id"] == "talas")
    assert (talas["killed_low"], talas["killed_best"], talas["missing_best"]) == ("2", "4", "")


def test_a_download_without_a_filter_is_the_opening_view(client: FlaskClient) -> None:
    assert {row["country_code"] for row in rows(client, "incidents", "")} == {"KG"}


def test_a_cell_cannot_become_a_formula(client: FlaskClient) -> None:
    label = next(row["label"] for row in rows(client, "incidents", "country=RU&measure=killed"))
    assert "Air crash" in label
    assert not label.startswith(("=", "+", "-", "@", "\t"))


def test_names_of_victims_are_downloaded_only_where_the_operator_says_so(
    client: FlaskClient, store_folder: Path
) -> None:
    public = client.get("/download/claims.csv?measure=killed").get_data(as_text=True)
    assert HOSTILE_NAME not in public
    assert "victim_names" not in public
    private = create(Published(store_folder, private=True)).server.test_client()
    assert HOSTILE_NAME in private.get("/download/claims.csv?measure=killed").get_data(as_text=True)


def test_the_name_of_a_download_carries_the_data_version(client: FlaskClient) -> None:
    assert "tollbook-incidents-run-0001-v" in client.get("/download/incidents.csv").headers["Content-Disposition"]


@pytest.mark.parametrize(
    "address",
    ["/outlines/..records.geojson", "/outlines/kg.geojson", "/outlines/ZZ.geojson", "/download/runs.csv"],
)
def test_only_what_is_offered_is_handed_out(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_outlines_are_handed_out_packed(client: FlaskClient) -> None:
    answer = client.get("/outlines/KG.geojson", headers={"Accept-Encoding": "gzip"})
    assert answer.mimetype == "application/geo+json"
    assert answer.headers["Content-Encoding"] == "gzip"


def test_without_tables_a_download_says_what_to_do(tmp_path: Path) -> None:
    answer = create(Published(tmp_path / "none")).server.test_client().get("/download/incidents.csv")
    assert answer.status_code == 503


# Other formats


@pytest.mark.parametrize(
    ("table", "suffix"),
    [
        (table, kind.suffix)
        for table in ("incidents", "claims")
        for kind in KINDS.values()
        if table in (kind.tables or [table])
    ],
)
def test_every_format_is_offered_for_the_same_filter(client: FlaskClient, table: str, suffix: str) -> None:
    answer = client.get(f"/download/{table}.{suffix}?{Filter(regions=('KG-T',)).to_query()}")
    if (table, suffix) == ("claims", "zip"):
        assert answer.status_code == 404
        return
    assert answer.status_code == 200
    assert answer.headers["X-Run"] == "run-0001"
    assert answer.headers["Content-Disposition"].endswith(f'.{suffix}"')
    assert HOSTILE_NAME.encode() not in answer.data
    assert answer.data


def test_geojson_and_the_package_hold_what_the_filter_chose(client: FlaskClient) -> None:
    chosen = Filter(regions=("KG-T",)).to_query()
    features = client.get(f"/download/incidents.geojson?{chosen}").get_json()["features"]
    assert [feature["id"] for feature in features] == ["talas"]
    with zipfile.ZipFile(io.BytesIO(client.get(f"/download/incidents.zip?{chosen}").data)) as package:
        assert {"incidents.csv", "claims.csv", "tolls.csv", "reports.csv"} <= set(package.namelist())
        tolls = csv.DictReader(io.StringIO(package.read("tolls.csv").decode("utf-8")))
        assert {row["incident_id"] for row in tolls} == {"talas"}
        described = json.loads(package.read("datapackage.json"))
    assert described["version"] == "run-0001"


def test_what_a_format_cannot_hold_is_not_there(client: FlaskClient) -> None:
    for address in ("claims.ged.csv", "tolls.xlsx", "incidents.docx", "incidents.csv.exe"):
        assert client.get(f"/download/{address}").status_code == 404


# Reviews


def saved(client: FlaskClient, subject: str, *, ticked: Sequence[str] = (), **more: str) -> tuple[int, str]:
    """What the page answers to the form as a browser sends it, with the boxes of the claims ``ticked``."""
    given = {"given": "killed=5", "by": "A. Analyst", "why": "hospital list", "decision": "correct"} | more
    names = ("subject", "decision", "given", "by", "why")
    values = {"subject": subject} | given
    outputs = [{"id": "review-said", "property": "children"}, {"id": "revision", "property": "data"}]
    state: list[object] = [{"id": f"review-{name}", "property": "value", "value": values[name]} for name in names]
    boxes = [{"type": "review-tick", "claim": claim} for claim in ("c0", "c1", "c2")]
    state.append([{"id": box, "property": "checked", "value": box["claim"] in ticked} for box in boxes])
    state.append([{"id": box, "property": "id", "value": box} for box in boxes])
    asked = {
        "output": "..review-said.children...revision.data@*..",
        "outputs": outputs,
        "inputs": [{"id": "review-send", "property": "n_clicks", "value": 1}],
        "changedPropIds": ["review-send.n_clicks"],
        "state": state,
    }
    layout = client.get("/_dash-dependencies").get_json()
    found = next((each["output"] for each in layout if "review-said" in each["output"]), asked["output"])
    answer = client.post("/_dash-update-component", json=asked | {"output": found})
    return answer.status_code, answer.get_data(as_text=True)


def test_a_page_that_may_not_review_takes_no_review(store_folder: Path, client: FlaskClient) -> None:
    before = Store(store_folder).latest(["reviews"]).count("reviews")
    status, _ = saved(client, "talas")
    assert status >= 400
    assert Store(store_folder).latest(["reviews"]).count("reviews") == before


def test_a_review_from_the_page_is_the_same_as_from_the_command_line(store_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(store_folder, tmp_path / "store")
    settings = Settings(store=StoreSettings(path=str(tmp_path / "store")))
    reviewing = create(Published(tmp_path / "store", reviewing=settings)).server.test_client()
    status, said = saved(reviewing, "nowhere")
    assert (status, "no claim or incident" in said) == (200, True)
    status, said = saved(reviewing, "c4", given="figure=many")
    assert "is no figure of people" in said
    status, said = saved(reviewing, "c4", given="figure=5")
    assert (status, "Saved." in said) == (200, True)
    (review,) = Store(tmp_path / "store").snapshot().rows("reviews")
    assert (review.subject, review.reviewer, review.reason) == ("claim", "A. Analyst", "hospital list")


def test_a_split_takes_the_ticked_claims(store_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(store_folder, tmp_path / "store")
    settings = Settings(store=StoreSettings(path=str(tmp_path / "store")))
    reviewing = create(Published(tmp_path / "store", reviewing=settings)).server.test_client()
    assert "a split takes some claims out" in saved(reviewing, "bishkek", decision="split")[1]
    assert "Saved." in saved(reviewing, "bishkek", decision="split", ticked=["c0", "c2"])[1]
    (review,) = Store(tmp_path / "store").snapshot().rows("reviews")
    assert json.loads(review.correction or "") == {"claims": ["c0", "c2"]}
