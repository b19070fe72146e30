# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The tuner: what it measures, what it records, and how it goes on."""

import json
import subprocess
import sys
import time

import pytest

import bitserial
from bitserial import tune


def matmul(m, n=32, k=96):
    return bitserial.build.matmul(m, n, k, activations=("unsigned", 1), weights=("bipolar", 1))


def test_space():
    (entry,) = tune.space(matmul(8), target="haswell", limit=50)
    assert entry["kind"] == "matmul" and entry["target"] == "haswell"
    assert entry["shape"]["rows"] == 8 and entry["shape"]["packed"] == 96
    candidates = entry["candidates"]
    assert len(candidates) == 50
    assert len({json.dumps(c, sort_keys=True) for c in candidates}) == 50
    # Constraints hold: registers, and whole cache tiles.
    for knobs in candidates:
        assert knobs["rows"] * knobs["vectors"] + knobs["vectors"] + 1 <= 16
        assert knobs["lines"] == 0 or knobs["lines"] % knobs["rows"] == 0
    # The default comes first: compiling with it changes nothing.
    with_knobs = matmul(8).replace("\n      :", "\n      {bitserial.knobs = {}} :", 1)
    plain = bitserial.compile(matmul(8), target="haswell")
    assert bitserial.compile(with_knobs, target="haswell").asm == plain.asm


def test_equal_contractions_are_tuned_once():
    text = matmul(8) + matmul(8).replace("@main", "@other") + matmul(9).replace("@main", "@third")
    assert [e["shape"]["rows"] for e in tune.space(text)] == [8, 9]


def test_errors_in_the_model():
    with pytest.raises(bitserial.CompileError, match="expected"):
        tune.space("func.func @main(")


def test_tune_and_compile(tmp_path):
    db = tmp_path / "records.jsonl"
    lines = []
    (best,) = tune.tune(matmul(8), db, trials=3, rounds=3, report=lines.append)
    records = tune.read_records(db)
    assert len(records) == len(lines) == 3
    assert best["seconds"] == min(r["seconds"] for r in records if r["seconds"])
    module = bitserial.compile(matmul(8), tuning_db=db)
    assert any("schedule @matmul (tuned)" in r.message for r in module.remarks)
    # What is recorded is not measured again; more trials go on from there.
    tune.tune(matmul(8), db, trials=3, rounds=3)
    assert len(tune.read_records(db)) == 3
    tune.tune(matmul(8), db, trials=4, rounds=3)
    records = tune.read_records(db)
    assert len({json.dumps(r["knobs"], sort_keys=True) for r in records}) == 4


def test_a_failed_trial_costs_itself(tmp_path, monkeypatch):
    outcomes = [
        {"seconds": 2e-6, "reference": 2e-6},
        {"error": "killed by signal 11"},
        {"seconds": 1e-6, "reference": 4e-6},
    ]
    monkeypatch.setattr(tune, "_try", lambda job, seconds: outcomes.pop(0))
    db = tmp_path / "records.jsonl"
    (best,) = tune.tune(matmul(8), db, trials=3)
    assert [r["seconds"] for r in tune.read_records(db)] == [2e-6, None, pytest.approx(5e-7)]
    # Relative to the default knobs in the same process.
    assert best["seconds"] == pytest.approx(5e-7)
    assert "signal 11" in tune.read_records(db)[1]["error"]


def test_a_child_that_fails_or_hangs():
    (entry,) = tune.space(matmul(8), limit=2)
    job = {
        "entry": entry,
        "knobs": {"rows": 1000},
        "reference": entry["candidates"][0],
        "target": "native",
        "features": None,
        "schedule": None,
        "rounds": 1,
    }
    assert "the knobs were not used" in tune._try(job, 60)["error"]
    assert "took longer" in tune._try(job, 0.01)["error"]


def test_a_similar_shape_is_the_start(tmp_path, monkeypatch):
    tried = []

    def attempt(job, seconds):
        tried.append(job["knobs"])
        return {"seconds": 1e-6, "reference": 1e-6}

    monkeypatch.setattr(tune, "_try", attempt)
    db = tmp_path / "records.jsonl"
    (entry,) = tune.space(matmul(8))
    (far,) = tune.space(matmul(8, n=512))
    good = entry["candidates"][-1]
    for similar, knobs, seconds in ((entry, good, 1e-6), (far, far["candidates"][1], 1e-9)):
        record = {name: similar[name] for name in tune._KEYS}
        tune.append_record(db, {**record, "knobs": knobs, "seconds": seconds})
    tune.tune(matmul(8, n=40), db, trials=2)
    candidates = tune.space(matmul(8, n=40))[0]["candidates"]
    assert tried[0] == candidates[0]
    assert tune._differences(tried[1], good) == min(
        tune._differences(c, good) for c in candidates[1:]
    )


def test_killed_at_any_moment(tmp_path):
    model, db = tmp_path / "model.mlir", tmp_path / "records.jsonl"
    model.write_text(matmul(8))
    db.write_bytes(b'{"version": 1, "kind": "mat')  # torn by an earlier kill
    command = [sys.executable, "-m", "bitserial.tune", model, f"--db={db}", "--rounds=1"]
    child = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while len(tune.read_records(db)) < 2 and child.poll() is None:
        time.sleep(0.05)
    child.kill()
    child.wait()
    before = tune.read_records(db)
    assert len(before) >= 2
    tune.tune(model, db, trials=len(before) + 1, rounds=1)
    assert tune.read_records(db)[: len(before)] == before
    # The torn line is the only one that is no record.
    module = bitserial.compile(model, tuning_db=db)
    warnings = [d for d in module.diagnostics if d.severity == "warning"]
    assert len(warnings) == 1 and "records.jsonl:1: this is no tuning record" in warnings[0].message
