from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create
from dashboard.filters import Filter
from dashboard.published import Published
from etl.records import Incident
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
