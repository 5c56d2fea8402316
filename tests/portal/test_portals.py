"""Portals hold together: every operation on a page, no link that leads nowhere, nothing fetched from elsewhere, valid HTML."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from pages import ROOT, Portal, binary, can_check_markup, faults_of_markup, wanted
from portals import build, differences, project

from plain import Listed, corpus, every_document

# A few that are awkward, one for each reason; portals.py takes all.
AWKWARD = {
    "injection-js",  # a path of quotes and braces
    "param-collision",  # names that differ only in what an address cannot hold
    "cjk-params-2.0",  # names without a Latin letter
    "deep-circular-2.0",  # types that hold themselves
    "redocly-cafe-3.2",  # tags inside tags
    "name-conflicts",
    "callback-example",
    "polymorphism-circular",
}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal of this repository's own project."""
    site = tmp_path_factory.mktemp("portal") / "site"
    subprocess.run([binary(), "build", "--quiet", "--out", str(site)], cwd=ROOT, check=True)
    return site


def test_our_portal_has_every_operation_and_leads_nowhere_wrong(ours: Path) -> None:
    portal = Portal.read(ours)
    documents = [ROOT / "specs" / name for name in ("bookshop/openapi.yaml", "payments/openapi.yaml", "telemetry/openapi.yaml", "integration/openapi.json")]
    expected = {pair for document in documents for pair in wanted(document)}
    assert expected <= set(portal.operations())
    assert portal.broken_links() == []
    assert portal.strangers() == []


@pytest.mark.skipif(not can_check_markup(), reason="java or vnu-jar is missing")
def test_our_portal_is_valid_html(ours: Path) -> None:
    assert faults_of_markup(ours) == []


@every_document([document for document in corpus() if document.name in AWKWARD])
def test_a_portal_of_an_awkward_document_holds_together(document: Listed, tmp_path: Path) -> None:
    site = project(document, tmp_path / "project")
    assert build(tmp_path / "project", site) == ""
    portal = Portal.read(site)
    assert differences(wanted(document.path), portal.operations()) == "ok"
    assert portal.broken_links() == []
    assert portal.strangers() == []


def test_a_fault_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text('<a href="../b.html"></a><a href="#x"></a><a href="../c.html#no"></a><img src="https://evil.example/x.png">')
    (tmp_path / "c.html").write_text('<p id="yes"></p><a href="a/index.html"></a>')
    portal = Portal.read(tmp_path)
    assert portal.broken_links() == ["a/index.html: ../b.html", "a/index.html: #x", "a/index.html: ../c.html#no"]
    assert portal.strangers() == ["a/index.html: https://evil.example/x.png"]
